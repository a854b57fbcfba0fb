using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Simulation.IcePap;

namespace PSLabNet.Soak.World;

/// <summary>Simulated controllers in groups. Each group has its own faults, which come and go.</summary>
internal sealed class DeviceWeather : IDisposable
{
    public static readonly TimeSpan RebootTime = TimeSpan.FromSeconds(1.5);

    private const int GroupCount = 4;
    private const int DevicesPerGroup = 6;
    private const int ShortestMs = 300;
    private const int LongestMs = 2500;

    private static readonly IcePapAcknowledgementCode[] Errors =
        [IcePapAcknowledgementCode.ERR_BAD_GW, IcePapAcknowledgementCode.ERR_SET_IP_BC_NM, IcePapAcknowledgementCode.ERR_SET_HOSTNAME, (IcePapAcknowledgementCode)0x0200];

    private readonly List<IcePapSimulator> groups;
    private readonly Random random;
    private readonly Journal journal;
    private readonly IcePapSimulatorOptions healthy;

    public DeviceWeather(int seed, Journal journal)
    {
        random = new Random(seed);
        this.journal = journal;
        healthy = new IcePapSimulatorOptions { RebootTime = RebootTime, Updated = Write };
        groups = [.. Enumerable.Range(0, GroupCount).Select(_ => IcePapSimulator.Start(SimulatedIcePapFactory.Create(DevicesPerGroup, [], [], []), healthy))];
    }

    // From each group in turn: whoever owns every fourth device has some from each group.
    public IEnumerable<MacAddress> Addresses => Enumerable.Range(0, DevicesPerGroup).SelectMany(index => groups.Select(group => group.Devices[index].MacAddress));

    public IEnumerable<string> Complaints =>
        groups.Where(group => group.MalformedCount > 0).Select(group => $"{group.MalformedCount} malformed packets reached the devices")
            .Concat(groups.Where(group => group.Completion.IsFaulted).Select(group => "a simulator of devices ended: " + group.Completion.Exception!.GetBaseException().Message));

    public async Task RunAsync(CancellationToken token)
    {
        try
        {
            while (true)
            {
                await Task.Delay(random.Next(ShortestMs, LongestMs) / GroupCount, token);
                Change(groups[random.Next(groups.Count)]);
            }
        }
        catch (OperationCanceledException)
        {
            // The faults end here.
        }
    }

    public void Calm() => groups.ForEach(group => group.Behave(healthy));

    public void PowerCycle()
    {
        foreach (SimulatedIcePap device in groups.SelectMany(group => group.Devices))
        {
            device.PowerCycle();
        }
    }

    public void Dispose() => groups.ForEach(group => group.Dispose());

    private void Change(IcePapSimulator group)
    {
        (string name, IcePapSimulatorOptions next) = random.Next(10) switch
        {
            0 or 1 or 2 => ("devices: none", healthy),
            3 => ("devices: loss", healthy with { Loss = 0.05 + (random.NextDouble() * 0.3) }),
            4 => ("devices: latency", healthy with { Latency = TimeSpan.FromMilliseconds(random.Next(1, 80)) }),
            5 => ("devices: loss and latency", healthy with { Loss = random.NextDouble() * 0.2, Latency = TimeSpan.FromMilliseconds(random.Next(1, 40)) }),
            6 => ("devices: no acknowledgement", healthy with { Acknowledgement = null }),
            7 => ("devices: rejected", healthy with { Acknowledgement = Errors[random.Next(Errors.Length)] }),
            8 => ("devices: all lost", healthy with { Loss = 1 }),
            _ => ("devices: power cycle", group.Options),
        };
        journal.Add("F", Journal.Now, name);
        group.Behave(next);
        if (ReferenceEquals(next, group.Options) && name == "devices: power cycle")
        {
            group.Devices[random.Next(DevicesPerGroup)].PowerCycle();
        }
    }

    private void Write(SimulatedIcePapUpdate update) => journal.Add(
        "U", Journal.Now, update.Device, update.PacketNumber, Journal.Settings(update.Wanted), (uint)update.Wanted.Apply, update.Taken ? 1 : 0,
        update.Code, Journal.Settings(update.Running), Journal.Settings(update.Flash));
}
