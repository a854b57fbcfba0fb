using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.Simulation.FlexLm;

namespace PSLabNet.Soak.World;

/// <summary>A license server with changing users that sometimes fails, in different ways.</summary>
internal sealed class ServerWeather : IDisposable
{
    private const int FeatureCount = 4;
    private const int Issued = 30;
    private const int TurnMs = 250;
    private const int MostHeld = 40;
    private const int LongestDownMs = 3000;
    private const int StartAttempts = 200;

    // Every fault that does not change ports, license file and users. Faults that miscount users are used only on servers
    // whose users are not verified. Host names that do not exist are not used, because they would be looked up outside.
    private static readonly FlexLmSimulatorFault[] Faults =
    [
        FlexLmSimulatorFault.Silent, FlexLmSimulatorFault.OneBytePerSecond, FlexLmSimulatorFault.CloseHalfWay, FlexLmSimulatorFault.WrongCrc,
        FlexLmSimulatorFault.WrongCheckByte, FlexLmSimulatorFault.AbsurdLength, FlexLmSimulatorFault.UnknownType, FlexLmSimulatorFault.UnknownFirstByte,
        FlexLmSimulatorFault.EndlessStream, FlexLmSimulatorFault.WrongVendor, FlexLmSimulatorFault.Error, FlexLmSimulatorFault.Authenticated,
        FlexLmSimulatorFault.DropAhead, FlexLmSimulatorFault.CloseAhead, FlexLmSimulatorFault.OutOfTurn, FlexLmSimulatorFault.UsageLast,
        FlexLmSimulatorFault.HiddenVendor, FlexLmSimulatorFault.VendorDown,
    ];

    private static readonly FlexLmSimulatorFault[] Miscounts = [FlexLmSimulatorFault.FewerUsage, FlexLmSimulatorFault.MoreUsage];

    private readonly Random random;
    private readonly Journal journal;
    private readonly FlexLmSimulatorOptions healthy;
    private readonly Dictionary<string, ulong> held = [];
    private readonly string vendor;
    private readonly int number;
    private FlexLmSimulator? server;
    private int users;

    public ServerWeather(int number, int seed, Journal journal)
    {
        this.number = number;
        this.journal = journal;
        random = new Random(unchecked((seed * 31) + number));
        vendor = "vendor" + number.ToString(CultureInfo.InvariantCulture);
        IsHonest = number % 2 == 0;
        healthy = new FlexLmSimulatorOptions
        {
            Vendors = [vendor],
            FeatureCount = FeatureCount,
            Issued = Issued,
            Generation = number % 3 == 2 ? FlexLmGeneration.Old : FlexLmGeneration.New,
        };
        server = FlexLmSimulator.Start(healthy);
        healthy = healthy with { Port = server.Port };
    }

    public string Address => $"{healthy.Port}@127.0.0.1";

    /// <summary>Whether the server always lists exactly its users.</summary>
    public bool IsHonest { get; }

    public List<string> Complaints { get; } = [];

    public async Task RunAsync(CancellationToken token)
    {
        try
        {
            while (true)
            {
                await Task.Delay(random.Next(TurnMs), token);
                ComeAndGo();
                switch (random.Next(60))
                {
                    case 0:
                        await RestartAsync(token);
                        break;
                    case < 4:
                        Behave(Faults[random.Next(Faults.Length)]);
                        break;
                    case 4 when !IsHonest:
                        Behave(Miscounts[random.Next(Miscounts.Length)]);
                        break;
                    case < 12:
                        Behave(FlexLmSimulatorFault.None);
                        break;
                    default:
                        break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The faults end here.
        }
    }

    public async Task CalmAsync()
    {
        await StartAsync();
        server!.Behave(healthy);
    }

    public void Dispose() => Stop();

    private void ComeAndGo()
    {
        if (held.Count < MostHeld && random.Next(2) == 0)
        {
            string user = string.Create(CultureInfo.InvariantCulture, $"u{number}-{++users}");
            string feature = string.Create(CultureInfo.InvariantCulture, $"{vendor}_feature{random.Next(1, FeatureCount + 1):000}");
            long before = Journal.Now;
            if (server!.Checkout(feature, user, "ws1", "/dev/pts/1", 1) is { } handle)
            {
                held.Add(user, handle);
                journal.Add("T", before, Journal.Now, Address, feature, user);
            }
        }
        else if (held.Count > 0)
        {
            // Any of them: some are held very briefly, some for long.
            foreach ((string user, ulong handle) in held)
            {
                if (random.Next(held.Count) == 0)
                {
                    long before = Journal.Now;
                    if (!server!.Return(handle))
                    {
                        Complaints.Add($"{Address} does not know the handle of {user}");
                    }

                    journal.Add("R", before, Journal.Now, user);
                    held.Remove(user);
                    return;
                }
            }
        }
    }

    private void Behave(FlexLmSimulatorFault fault)
    {
        FlexLmSimulatorTarget target = random.Next(2) == 0 ? FlexLmSimulatorTarget.Manager : FlexLmSimulatorTarget.Vendor;
        journal.Add("F", Journal.Now, "license server: " + (fault == FlexLmSimulatorFault.None ? "none" : fault.ToString()));
        server!.Behave(healthy with
        {
            Fault = fault,
            FaultTarget = target,
            FaultAfter = random.Next(4),
            LatencyMs = random.Next(3) == 0 ? random.Next(30) : 0,
        });
    }

    private async Task RestartAsync(CancellationToken token)
    {
        int kind = random.Next(4);
        StrangerKind? stranger = kind == 0 ? null : (StrangerKind)(kind - 1);
        journal.Add("F", Journal.Now, "license server: down" + (stranger is null ? string.Empty : $", {stranger} at its port"));
        Stop();
        using var isDown = CancellationTokenSource.CreateLinkedTokenSource(token);
        isDown.CancelAfter(random.Next(LongestDownMs));
        if (stranger is { } at)
        {
            await Stranger.RunAsync(healthy.Port, at, random.Next(), isDown.Token);
        }

        while (!isDown.IsCancellationRequested)
        {
            await Task.Delay(TurnMs, isDown.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        token.ThrowIfCancellationRequested();
        await StartAsync();
    }

    // Nobody holds a license any more: lmgrd keeps nothing.
    private void Stop()
    {
        if (server is null)
        {
            return;
        }

        long before = Journal.Now;
        server.Dispose();
        long after = Journal.Now;
        foreach (string user in held.Keys)
        {
            journal.Add("R", before, after, user);
        }

        held.Clear();
        foreach (Exception failure in server.Failures)
        {
            Complaints.Add($"{Address} failed: {failure.GetBaseException().Message}");
        }

        server = null;
    }

    // Another connection of this machine may use the port for a moment.
    private async Task StartAsync()
    {
        for (int attempt = 1; server is null; attempt++)
        {
            try
            {
                server = FlexLmSimulator.Start(healthy);
            }
            catch (SocketException) when (attempt < StartAttempts)
            {
                await Task.Delay(TurnMs / 10);
            }
        }
    }
}
