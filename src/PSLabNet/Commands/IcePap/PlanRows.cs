using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Settings;
using PSLabNet.Logging;

namespace PSLabNet.Commands.IcePap;

/// <summary>Finds problems in plan rows that were piped in, as from a CSV file: columns that are not read, and rows that set nothing.</summary>
internal sealed class PlanRows
{
    private static readonly string[] Parameters =
    [
        .. typeof(SetIcePapNetworkCommand).GetProperties()
            .Where(property => property.GetCustomAttributes(typeof(ParameterAttribute), true).OfType<ParameterAttribute>().Any(parameter => parameter.ValueFromPipelineByPropertyName))
            .Select(property => property.Name),
    ];

    // Beside the parameters, what Find-IcePap and Test-IcePapNetwork write and what remoting adds: their output, saved and edited, is a plan.
    private static readonly HashSet<string> Known = new(
        [.. Parameters, .. typeof(IcePapDevice).GetProperties().Concat(typeof(IcePapNetworkState).GetProperties()).Select(property => property.Name), "PSComputerName", "PSShowComputerName", "RunspaceId"],
        StringComparer.OrdinalIgnoreCase);

    private readonly SortedSet<string> unknown = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<MacAddress> nothing = [];

    /// <summary>Examines pipeline input. Only rows count, not devices from Find-IcePap.</summary>
    /// <param name="row">The pipeline input; null if there is none.</param>
    /// <param name="target">The device in the row.</param>
    /// <param name="settings">The settings in the row.</param>
    public void Look(PSObject? row, MacAddress target, IcePapSettings settings)
    {
        if (row?.BaseObject is not PSCustomObject)
        {
            return;
        }

        unknown.UnionWith(row.Properties.Where(property => property.MemberType == PSMemberTypes.NoteProperty && !Known.Contains(property.Name.Trim())).Select(property => property.Name));
        if (settings is { Hostname: null, IPAddress: null, Netmask: null, PrefixLength: null, Gateway: null, Broadcast: null })
        {
            nothing.Add(target);
        }
    }

    /// <summary>Warns once about all columns that are not read.</summary>
    public void WarnOfColumns(ILabLog log)
    {
        if (unknown.Count > 0)
        {
            log.Warning($"These columns are not read: {string.Join(", ", unknown.Select(name => $"'{name}'"))}. Columns with these names set something: {string.Join(", ", Parameters)}.");
        }
    }

    /// <summary>Warns once about all rows that set nothing.</summary>
    public void WarnOfNothing(ILabLog log)
    {
        if (nothing.Count > 0)
        {
            log.Warning($"These rows set nothing: {string.Join(", ", nothing)}.");
        }
    }
}
