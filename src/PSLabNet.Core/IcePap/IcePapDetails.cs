using System.Collections.Generic;

namespace PSLabNet.IcePap;

/// <summary>What a controller says of itself over TCP. A value that it did not give is null.</summary>
/// <param name="Firmware">Version of the system's firmware, as the controller writes it.</param>
/// <param name="SerialNumber">Identification, as the controller writes it.</param>
/// <param name="Racks">Numbers of the racks that are present.</param>
/// <param name="DriverCount">Number of drivers that are present in all racks.</param>
internal sealed record IcePapDetails(string? Firmware, string? SerialNumber, IReadOnlyList<int>? Racks, int? DriverCount)
{
    /// <summary>Of a controller that did not answer.</summary>
    public static IcePapDetails None { get; } = new(null, null, null, null);
}
