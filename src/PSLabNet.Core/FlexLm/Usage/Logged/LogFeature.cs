using System.Collections.Generic;

namespace PSLabNet.FlexLm.Usage.Logged;

/// <summary>What one log tells of a feature.</summary>
internal sealed class LogFeature
{
    /// <summary>Times whose ends the log contains, and waits.</summary>
    public List<UseInterval> Intervals { get; } = [];

    /// <summary>Requests that were denied.</summary>
    public List<DeniedRequest> Denials { get; } = [];

    /// <summary>Licenses that were returned, and were checked out before the log begins; the beginning is not set.</summary>
    public List<UseInterval> Unstarted { get; } = [];

    /// <summary>Licenses that are still held when the log ends; the end is not set.</summary>
    public List<UseInterval> Open { get; } = [];
}
