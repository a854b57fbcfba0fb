using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Transport;
using PSLabNet.Net;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.IcePap;

/// <summary>Watch-IcePapTraffic: shows every datagram of the group, well-formed or not.</summary>
[Cmdlet(VerbsCommon.Watch, "IcePapTraffic")]
[OutputType(typeof(IcePapTraffic))]
public sealed class WatchIcePapTrafficCommand : IcePapCmdlet
{
    private static readonly TimeSpan WithoutEnd = TimeSpan.FromDays(1);

    private int shown;

    /// <summary>Interfaces to listen on, by name, description or address, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public override string[]? Interface { get; set; }

    /// <summary>Only packets from or to these addresses; malformed datagrams have none.</summary>
    [Parameter]
    [MacAddressText]
    [ArgumentCompleter(typeof(DeviceAddressCompleter))]
    public MacAddress[]? MacAddress { get; set; }

    /// <summary>Only packets with these commands; malformed datagrams have none.</summary>
    [Parameter]
    public IcePapCommand[]? Command { get; set; }

    /// <summary>Ends after this number of datagrams.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = int.MaxValue;

    /// <summary>Ends after this time. Without it, and without a count, Ctrl-C ends it.</summary>
    [Parameter]
    [ValidateSeconds]
    public double? DurationSeconds { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => TryUseTransport(Watch, QueueOverflow.DropOldest);

    private void Watch(IcePapTransport transport)
    {
        using IDisposable? progress = DurationSeconds is { } seconds
            ? ShowProgress(elapsed => WorkProgress.OfTime($"{shown} datagrams shown", elapsed, TimeSpan.FromSeconds(seconds) - elapsed))
            : null;
        Pump(token => WatchAsync(transport, token));
    }

    private async Task WatchAsync(IcePapTransport transport, CancellationToken cancellationToken)
    {
        TimeSpan? duration = DurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var clock = Stopwatch.StartNew();
        var drops = new DropReport(transport, Log);
        while (shown < Count)
        {
            drops.Check();
            TimeSpan left = duration - clock.Elapsed ?? WithoutEnd;
            if (left <= TimeSpan.Zero)
            {
                break;
            }

            if (await transport.ReceiveAsync(left, cancellationToken).ConfigureAwait(false) is { } datagram)
            {
                IcePapTraffic traffic = datagram.ToTraffic();
                if (IsWanted(traffic))
                {
                    // One at a time: the number of objects that wait for the pipeline is limited, and the rest waits in the
                    // transport's queue.
                    PostInTurn(() => WriteObject(traffic), cancellationToken);
                    shown++;
                }
            }
        }

        drops.Finish();
    }

    private bool IsWanted(IcePapTraffic traffic) =>
        (Command is null || (traffic.Packet is { } packet && Command.Contains(packet.Command)))
        && (MacAddress is null || Addresses(traffic.Packet).Any(MacAddress.Contains));

    private static IEnumerable<MacAddress> Addresses(IcePapPacket? packet)
    {
        if (packet is null)
        {
            yield break;
        }

        yield return packet.Source;
        foreach (MacAddress destination in packet.Destinations)
        {
            yield return destination;
        }

        if (packet.Payload is IcePapConfiguration configuration)
        {
            yield return configuration.MacAddress;
        }
    }
}
