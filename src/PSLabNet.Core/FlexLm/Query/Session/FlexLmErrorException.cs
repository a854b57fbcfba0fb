using System;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>Carries a typed error up to where results are made.</summary>
internal sealed class FlexLmErrorException : Exception
{
    public FlexLmErrorException(FlexLmError error, Exception? inner = null)
        : base(error.ToString(), inner) => Error = error;

    public FlexLmError Error { get; }
}
