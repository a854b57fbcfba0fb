using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.Net;
using PSLabNet.Soak.Accounting;
using PSLabNet.Soak.Client;
using PSLabNet.Soak.Measuring;
using PSLabNet.Soak.World;

namespace PSLabNet.Soak;

/// <summary>One complete run: warm-up, rest, the run itself, rest, and the results.</summary>
internal sealed class SoakRun : IDisposable
{
    private const string JournalName = "client.journal";
    private const int UpdaterCount = 4;
    private const int FinderCount = 2;
    private const int FinalLooks = 3;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestMemoryInterval = TimeSpan.FromSeconds(60);

    private readonly SoakOptions options;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pslabnet-soak-");
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Tally tally = new();
    private readonly Journal journal;
    private readonly Planted planted;
    private readonly List<string> unobserved = [];
    private int phase;

    public SoakRun(SoakOptions options)
    {
        this.options = options;
        journal = new Journal(Path.Combine(folder.FullName, JournalName));
        planted = new Planted(options.Leak);
        TaskScheduler.UnobservedTaskException += (_, e) => unobserved.Add(e.Exception.GetBaseException().ToString());
    }

    public async Task<SoakResult> RunAsync()
    {
        LocalInterface loopback = LocalInterface.GetAll().First(local => local.IsLoopback);
        using WorldProcess world = await WorldProcess.StartAsync(options, folder.FullName);
        var discovery = new Discovery([.. world.Devices], loopback, tally);
        var looks = new CheckoutLooks([.. world.Servers.Where(server => server.IsWatched).Select(server => server.Address)], journal, tally, planted);

        // Allocated before the first measurement, so that both measurements include it.
        var samples = new List<Sample>((int)options.Duration.TotalSeconds + 1);
        await WorkAsync(options.WarmUp, world, discovery, looks, loopback, null);
        Sample before = await Sample.TakeAtRestAsync(clock.Elapsed.TotalSeconds);
        await WorkAsync(options.Duration, world, discovery, looks, loopback, samples);
        Sample after = await Sample.TakeAtRestAsync(clock.Elapsed.TotalSeconds);

        int found = await SettleAsync(world, discovery, looks);
        string complaints = await world.TellAsync(SimulatedWorld.Quit);
        world.Dispose();
        journal.Dispose();
        return Conclude(before, samples, after, found, world.Devices.Count, complaints);
    }

    public void Dispose()
    {
        journal.Dispose();
        folder.Delete(recursive: true);
    }

    // Everything at the same time, until the time is over; the last operations are cancelled.
    private async Task WorkAsync(TimeSpan duration, WorldProcess world, Discovery discovery, CheckoutLooks looks, LocalInterface loopback, List<Sample>? samples)
    {
        using var end = new CancellationTokenSource(duration);
        phase++;
        var polls = new LicensePolls([.. world.Servers.Select(server => server.Address)], tally);
        List<Task> work = [looks.RunAsync(end.Token), polls.RunAsync(end.Token), polls.RunAsync(end.Token)];
        work.AddRange(Enumerable.Range(0, FinderCount).Select(_ => discovery.RunAsync(end.Token)));
        work.AddRange(Enumerable.Range(0, UpdaterCount).Select(number => new Updates(
            number + (phase * UpdaterCount), options.Seed, [.. world.Devices.Where((_, index) => index % UpdaterCount == number)], loopback, journal, tally, planted).RunAsync(end.Token)));
        work.Add(MeasureAsync(samples, end.Token));
        await Task.WhenAll(work);
    }

    private async Task MeasureAsync(List<Sample>? samples, CancellationToken token)
    {
        TimeSpan memoryInterval = TimeSpan.FromTicks(Math.Min(options.Duration.Ticks / 10, LongestMemoryInterval.Ticks));
        TimeSpan nextMemory = clock.Elapsed;
        while (!token.IsCancellationRequested)
        {
            bool isDue = clock.Elapsed >= nextMemory;
            nextMemory += isDue ? memoryInterval : TimeSpan.Zero;
            samples?.Add(Sample.Take(clock.Elapsed.TotalSeconds, isDue));
            await Task.Delay(SampleInterval, token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    // With all faults off: collects the remaining events of the watch, and the settings in the devices' flash.
    private async Task<int> SettleAsync(WorldProcess world, Discovery discovery, CheckoutLooks looks)
    {
        await world.TellAsync(SimulatedWorld.Calm);
        for (int look = 0; look < FinalLooks; look++)
        {
            await looks.LookAsync(CancellationToken.None);
        }

        await world.TellAsync(SimulatedWorld.PowerCycle);
        await Task.Delay(DeviceWeather.RebootTime);
        IReadOnlyDictionary<MacAddress, IcePapDevice> devices = await discovery.LookAsync();
        foreach (IcePapDevice device in devices.Values)
        {
            journal.Add("Z", device.MacAddress, Journal.Settings(device.Configuration));
        }

        return devices.Count;
    }

    private SoakResult Conclude(Sample before, List<Sample> samples, Sample after, int found, int devices, string complaints)
    {
        List<string[]> client = [.. Journal.Read(Path.Combine(folder.FullName, JournalName))];
        List<string[]> world = [.. Journal.Read(Path.Combine(folder.FullName, SimulatedWorld.JournalName))];
        var updates = new UpdateAccounts(client, world);
        var checkouts = new CheckoutAccounts(client, world);
        List<Growth> growth = [.. Limit.All.Select(limit => Growth.Of(limit, before, samples, after))];
        List<Verdict> verdicts =
        [
            .. growth.Select(one => new Verdict($"No growth of {one.Limit.Name}", samples.Count, one.IsWithin ? [] : [string.Create(
                CultureInfo.InvariantCulture, $"{one.RestBefore:0} at rest after the warm-up, {one.RestAfter:0} at the end, drift {one.Drift:0.0}")])),
            .. updates.Judge(),
            .. checkouts.Judge(),
            new Verdict("With all faults off, all devices are found", devices, found == devices ? [] : [$"{found} of {devices} were found"]),
            new Verdict("No task of the client fails unobserved", 1, unobserved),
            new Verdict("The simulators saw nothing malformed and did not fail", devices, complaints.Length == 0 ? [] : [complaints]),
            Enough(),
        ];
        var faults = new Tally();
        foreach (string[] line in world.Where(line => line[0] == "F"))
        {
            faults.Add(line[2]);
        }

        return new SoakResult(options, verdicts, growth, samples, tally, faults, updates.SentCount, updates.HeardCount, updates.TakenCount, checkouts.Count, checkouts.Unseen);
    }

    // A run without any success proves nothing.
    private Verdict Enough() => new(
        "The run produced something to check",
        1,
        [.. new[] { "discovery: ", "update: " + Outcomes.Verified, "license status: Up", "license features: complete", "checkout poll: complete", "watch event: Taken", "watch event: Returned" }
            .Where(kind => tally.Of(kind) == 0).Select(kind => $"no {kind.Trim(' ', ':')}")]);
}
