using System.Diagnostics.CodeAnalysis;

namespace PSLabNet.Simulation.IcePap;

/// <summary>The firmware that simulated devices act like. See docs/protocol/icepap.md for the evidence.</summary>
[SuppressMessage("Design", "CA1027:Mark enums with FlagsAttribute", Justification = "The values are years.")]
public enum SimulatedFirmware
{
    /// <summary>Accepts all settings as they are sent. A malformed packet would crash its listener.</summary>
    Current = 0,

    /// <summary>
    /// The published program of 2007. It computes the broadcast address itself, from whole octets; it rejects a gateway
    /// outside the subnet and a payload of the wrong size; it ignores malformed packets; it can append to a hostname of 24
    /// characters; and it numbers all its configurations 0.
    /// </summary>
    Firmware2007 = 2007,
}
