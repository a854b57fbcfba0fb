using System.ComponentModel;

namespace PSLabNet.Link.Lab;

/// <summary>The peers behind the link.</summary>
internal sealed record LaboratoryOptions
{
    [Description("Simulated controllers, named device-001 and so on; 10 if not given.")]
    public int Devices { get; init; } = 10;

    [Description("Features of the license server, 20 licenses each; 5 if not given.")]
    public int Features { get; init; } = 5;

    [Description("Checkouts of each feature at the start; 3 if not given.")]
    public int Checkouts { get; init; } = 3;
}
