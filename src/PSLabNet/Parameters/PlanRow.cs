using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Settings;

namespace PSLabNet.Parameters;

/// <summary>
/// A row of a plan: a row of a CSV file, a device, an object from JSON or another machine, or a hashtable. Blanks around the names of
/// columns do not count, and a blank cell is no setting.
/// </summary>
internal static class PlanRow
{
    private static readonly IcePapSettings None = new();

    /// <summary>Reads a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The device and its planned settings.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">A cell can't be read, or no cell names a device.</exception>
    /// <exception cref="PSInvalidCastException">A cell can't be read.</exception>
    public static (MacAddress Target, IcePapSettings Settings) Read(PSObject row)
    {
        object? target = row.BaseObject is MacAddress or string ? row.BaseObject : Cell(nameof(IcePapDevice.MacAddress));
        if (BlankIsNullAttribute.IsBlank(target))
        {
            throw new ArgumentTransformationMetadataException("The row names no device: it has no MacAddress.");
        }

        var settings = new IcePapSettings
        {
            Hostname = Cell(nameof(None.Hostname)) is { } name ? LanguagePrimitives.ConvertTo<string>(new DeviceNameAttribute().Transform(null!, name)).Trim() : null,
            IPAddress = Address(nameof(None.IPAddress)),
            Netmask = Address(nameof(None.Netmask)),
            PrefixLength = Cell(nameof(None.PrefixLength)) is { } length ? LanguagePrimitives.ConvertTo<int>(new WholeNumberAttribute().Transform(null!, length)) : null,
            Gateway = Address(nameof(None.Gateway)),
            Broadcast = Address(nameof(None.Broadcast)),
            AcceptsOwnBroadcast = true,
        };
        return ((MacAddress)new MacAddressTextAttribute().Transform(null!, target)!, settings);

        IPAddress? Address(string setting) => Cell(setting) is { } cell ? (IPAddress?)new IPv4AddressAttribute().Transform(null!, cell) : null;

        object? Cell(string setting) => ValueOf(row, setting) is { } value && !BlankIsNullAttribute.IsBlank(value) ? value : null;
    }

    private static object? ValueOf(PSObject row, string name) => row.BaseObject is IDictionary table
        ? table.Keys.Cast<object>().Where(key => IsNamed($"{key}", name)).Select(key => table[key]).FirstOrDefault()
        : row.BaseObject is string ? null
        : row.Properties[name]?.Value ?? row.Properties.FirstOrDefault(property => IsNamed(property.Name, name))?.Value;

    private static bool IsNamed(string written, string name) => written.Trim().Equals(name, StringComparison.OrdinalIgnoreCase);
}
