using System;

namespace PSLabNet.FlexLm.LmUtil;

/// <summary>The program does not exist, may not be run, or is of a kind that PSLabNet does not run.</summary>
internal sealed class LmUtilStartException : Exception
{
    public LmUtilStartException(string message)
        : base(message)
    {
    }

    public LmUtilStartException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
