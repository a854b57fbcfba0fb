using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>A license server or one of its vendor daemons did not answer as expected. The results that did arrive were already returned.</summary>
public sealed class FlexLmQueryException : Exception
{
    internal FlexLmQueryException(FlexLmServerStatus server, IReadOnlyList<FlexLmError> errors)
        : base($"{server.Server}: {string.Join("; ", errors)}")
    {
        Server = server;
        Errors = errors;
    }

    /// <summary>The server and the queried vendor daemons, with the error of each.</summary>
    public FlexLmServerStatus Server { get; }

    /// <summary>All failures, at least one.</summary>
    public IReadOnlyList<FlexLmError> Errors { get; }
}
