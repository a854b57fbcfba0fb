using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.IcePap.Transport;
using PSLabNet.Net;

namespace PSLabNet.Soak.Client;

/// <summary>Changes settings at random, like Set-IcePapNetwork. Each device belongs to one instance, so no other one changes it.</summary>
internal sealed class Updates(int number, int seed, IReadOnlyList<MacAddress> own, LocalInterface loopback, Journal journal, Tally tally, Planted planted)
{
    private const int ReadRetry = 3;
    private const int MostAtOnce = 3;
    private const int ShortestPatienceMs = 50;
    private const int LongestPatienceMs = 2000;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(0.6);

    private readonly Random random = new(unchecked((seed * 97) + number));
    private int serial;

    public async Task RunAsync(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            using var impatience = CancellationTokenSource.CreateLinkedTokenSource(token);
            if (random.Next(25) == 0)
            {
                impatience.CancelAfter(random.Next(ShortestPatienceMs, LongestPatienceMs));
            }

            var operations = new List<Operation>();
            foreach (MacAddress device in own.OrderBy(_ => random.Next()).Take(random.Next(1, MostAtOnce + 1)))
            {
                operations.Add(new Operation(device, Choose()));
            }

            await RunAsync(operations, impatience.Token);
            planted.AfterUpdate();
            foreach (Operation operation in operations)
            {
                // Only a successful update must have a plan; the settings of the others may never have been created.
                journal.Add("O", operation.Began, Journal.Now, operation.Device, (uint)operation.Settings.Apply, operation.Outcome, operation.Update is { } update ? Journal.Settings(update.Configuration) : string.Empty, operation.Code);
                tally.Add("update: " + (operation.Outcome.StartsWith(Outcomes.Unexpected, StringComparison.Ordinal) ? "unexpected" : operation.Outcome));
            }
        }
    }

    private async Task RunAsync(List<Operation> operations, CancellationToken token)
    {
        try
        {
            using IcePapTransport transport = IcePapTransport.Open([loopback], new SendLog(journal));
            var client = new IcePapSession(transport, new SendLog(journal));
            DeviceInventory present = await ReadAsync(client, operations, token);
            foreach (Operation operation in operations)
            {
                await TryAsync(operation, () => SendAsync(client, operation, present, token));
            }

            List<Operation> open = [.. operations.Where(operation => operation.Outcome.Length == 0)];
            var verifier = new SettingsVerifier(client, open.Where(operation => !operation.Update!.Reboots).Select(operation => operation.Update!));
            var rebooted = new SettingsVerifier(client, open.Where(operation => operation.Update!.Reboots).Select(operation => operation.Update!));
            if (!verifier.IsEmpty)
            {
                await verifier.ReadAsync(new IcePapTiming(Timeout, ReadRetry), token);
            }

            if (!rebooted.IsEmpty)
            {
                await rebooted.AwaitRebootAsync((_, _) => { }, token);
            }

            foreach (Operation operation in open)
            {
                await TryAsync(operation, () =>
                {
                    bool reboots = operation.Update!.Reboots;
                    _ = (reboots ? rebooted : verifier).Verify(operation.Update);
                    operation.Outcome = reboots ? Outcomes.Rebooted : Outcomes.Verified;
                    return Task.CompletedTask;
                });
            }
        }
        catch (Exception e)
        {
            // An error that ends the conversation ends all of its open operations.
            operations.Where(operation => operation.Outcome.Length == 0).ToList().ForEach(operation => operation.Outcome = Outcomes.Of(e));
        }
    }

    private static async Task TryAsync(Operation operation, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (IcePapException e)
        {
            operation.Outcome = Outcomes.Of(e);
            operation.Code = (e as IcePapRejectedException)?.Code;
        }
    }

    private static async Task<DeviceInventory> ReadAsync(IcePapSession client, List<Operation> operations, CancellationToken token)
    {
        HashSet<MacAddress> missing = [.. operations.Select(operation => operation.Device)];
        return await client.DiscoverAsync(
            new IcePapTiming(Timeout, ReadRetry), device => missing.Remove(device.MacAddress), () => missing.Count == 0, token);
    }

    private async Task SendAsync(IcePapSession client, Operation operation, DeviceInventory present, CancellationToken token)
    {
        IcePapDevice device = present.TryGet(operation.Device, out IcePapDevice? found) ? found : throw new IcePapNotFoundException(operation.Device);
        operation.Update = operation.Settings.PlanFor(device);
        if (planted.IsHit(Leak.Lost))
        {
            operation.Outcome = Outcomes.Acknowledged;
            return;
        }

        await client.UpdateAsync(operation.Update, Timeout, token);
        planted.SendAgain(operation.Update, loopback);
        bool isTrusted = random.Next(8) == 0;
        operation.Outcome = !operation.Update.Reboots ? (isTrusted ? Outcomes.Acknowledged : string.Empty)
            : isTrusted || !operation.Settings.Apply.HasFlag(IcePapApply.Flash) ? Outcomes.Told : string.Empty;
    }

    // The hostname is never used again: it identifies the update that a device has.
    private IcePapSettings Choose()
    {
        IcePapApply apply = random.Next(40) switch
        {
            < 18 => IcePapApply.Dynamic | IcePapApply.Flash,
            < 26 => IcePapApply.Dynamic,
            < 32 => IcePapApply.Flash,
            < 35 => IcePapApply.Reboot | IcePapApply.Flash,
            < 37 => IcePapApply.Reboot | IcePapApply.Dynamic | IcePapApply.Flash,
            37 => IcePapApply.Reboot,
            38 => IcePapApply.Reboot | IcePapApply.Dynamic,
            _ => IcePapApply.None,
        };
        string hostname = string.Create(CultureInfo.InvariantCulture, $"soak{number}-{++serial}");
        byte second = (byte)random.Next(256);
        byte third = (byte)random.Next(256);
        bool isWide = random.Next(2) == 0;
        var settings = new IcePapSettings { Hostname = random.Next(50) == 0 ? hostname + "_" : hostname, Apply = apply };
        return random.Next(3) == 0
            ? settings
            : settings with
            {
                IPAddress = new IPAddress([10, second, third, (byte)random.Next(2, 255)]),
                PrefixLength = isWide ? 16 : 24,
                Gateway = new IPAddress([10, second, isWide ? (byte)0 : third, 1]),
            };
    }

    private sealed class Operation(MacAddress device, IcePapSettings settings)
    {
        public long Began { get; } = Journal.Now;

        public MacAddress Device => device;

        public IcePapSettings Settings => settings;

        public IcePapPlannedUpdate? Update { get; set; }

        /// <summary>Empty while the operation is running.</summary>
        public string Outcome { get; set; } = string.Empty;

        public IcePapAcknowledgementCode? Code { get; set; }
    }
}
