using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;

namespace PSLabNet.Parameters;

/// <summary>
/// Columns of a row whose names have blanks around them, as in a CSV file with quoted headers. PowerShell binds exact names only, so
/// these are read here, with the same attributes as the parameters have.
/// </summary>
internal static class PaddedColumns
{
    private static readonly IcePapSettings None = new();

    /// <summary>The settings in such columns. A blank cell, and a setting that the user typed, is left out.</summary>
    /// <param name="row">What was piped in; null if nothing was.</param>
    /// <param name="typed">Names of the settings that the user typed.</param>
    /// <exception cref="ArgumentTransformationMetadataException">A cell can't be read.</exception>
    /// <exception cref="PSInvalidCastException">A cell can't be read.</exception>
    public static IcePapSettings Read(PSObject? row, ICollection<string> typed)
    {
        if (row?.BaseObject is not PSCustomObject || !row.Properties.Any(property => IsPadded(property.Name)))
        {
            return None;
        }

        return new IcePapSettings
        {
            Hostname = Cell(nameof(None.Hostname)) is { } name ? LanguagePrimitives.ConvertTo<string>(new DeviceNameAttribute().Transform(null!, name)).Trim() : null,
            IPAddress = Address(nameof(None.IPAddress)),
            Netmask = Address(nameof(None.Netmask)),
            PrefixLength = Cell(nameof(None.PrefixLength)) is { } length ? LanguagePrimitives.ConvertTo<int>(new WholeNumberAttribute().Transform(null!, length)) : null,
            Gateway = Address(nameof(None.Gateway)),
            Broadcast = Address(nameof(None.Broadcast)),
            Apply = Cell(nameof(None.Apply)) is { } apply ? (IcePapApply)new IcePapApplyAttribute().Transform(null!, apply) : None.Apply,
        };

        IPAddress? Address(string setting) => Cell(setting) is { } cell ? (IPAddress?)new IPv4AddressAttribute().Transform(null!, cell) : null;

        object? Cell(string setting) => !typed.Contains(setting) && Find(row, setting) is { } column && !BlankIsNullAttribute.IsBlank(column.Value) ? column.Value : null;
    }

    /// <summary>The column whose name is the one of a parameter, but for blanks around it; null if there is none, or if the name itself is a column.</summary>
    /// <param name="row">The row.</param>
    /// <param name="name">Name of the parameter.</param>
    public static PSPropertyInfo? Find(PSObject row, string name) => row.Properties[name] is not null
        ? null
        : row.Properties.FirstOrDefault(property => IsPadded(property.Name) && property.Name.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsPadded(string name) => name.Trim().Length < name.Length;
}
