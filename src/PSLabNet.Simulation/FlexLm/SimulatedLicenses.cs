using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Simulation.FlexLm;

/// <summary>The licenses of one simulated vendor daemon and who holds them. Thread-safe.</summary>
internal sealed class SimulatedLicenses
{
    private readonly object gate = new();
    private readonly List<SimulatedPool> pools = [];
    private readonly Func<DateTimeOffset> now;
    private readonly FlexLmSimulatorCountField countField;
    private readonly FlexLmSimulatorUsageForm usageForm;
    private ulong nextHandle;

    public SimulatedLicenses(IReadOnlyList<FlexLmLicenseLine> lines, FlexLmSimulatorOptions options, ulong firstHandle)
    {
        now = options.Now;
        countField = options.CountField;
        usageForm = options.UsageForm;
        nextHandle = firstHandle;
        foreach (LicensePool pool in LicensePools.Of(lines))
        {
            SimulatedPool? same = options.PoolsIgnoreVendorString ? pools.Find(other => other.Key == pool.Key.WithoutVendorString) : null;
            if (same is null)
            {
                pools.Add(same = new SimulatedPool(pool.Name, pool.Version, pool.Key.WithoutVendorString));
            }

            same.Add(pool, options.Now());
        }
    }

    public IReadOnlyList<string> FeatureNames => [.. pools.Select(pool => pool.Name).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Status and usage frames of the requested license; null if the license does not exist.</summary>
    public (StatusReply Status, UsageReply[] Usages)? Find(StatusRequest request)
    {
        lock (gate)
        {
            SimulatedPool? pool = pools.Find(pool => pool.Fits(request));
            return pool is null
                ? null
                : (new StatusReply(pool.InUse, (int)pool.Total, now().ToUnixTimeSeconds()), [.. pool.Entries.Select(entry => entry.Usage)]);
        }
    }

    /// <summary>Checks licenses out.</summary>
    /// <returns>The handle; 0 if the feature does not exist or too few licenses are free.</returns>
    public ulong Take(string feature, UsageReply usage, int count)
    {
        lock (gate)
        {
            SimulatedPool? pool = pools.Find(pool => string.Equals(pool.Name, feature, StringComparison.OrdinalIgnoreCase)
                && (pool.IsUncounted || pool.Total - pool.InUse >= count));
            if (pool is null || count < 1)
            {
                return 0;
            }

            ulong handle = nextHandle++;
            UsageReply entry = usage.Kind == UsageKind.Reservation
                ? usage
                : usage with { Number = handle, Since = (uint)now().ToUnixTimeSeconds(), Version = usage.Version.Length > 0 ? usage.Version : pool.Version };
            pool.Entries.Add(new SimulatedEntry(handle, WithCount(entry, count), count));
            return handle;
        }
    }

    public bool Return(ulong handle)
    {
        lock (gate)
        {
            return pools.Exists(pool => pool.Entries.RemoveAll(entry => entry.Handle == handle) > 0);
        }
    }

    private UsageReply WithCount(UsageReply entry, int count)
    {
        const uint UpperHalf = 7;
        if (entry.Kind == UsageKind.Reservation)
        {
            return entry;
        }

        ulong licenses = (ulong)count;
        return countField switch
        {
            FlexLmSimulatorCountField.BeforeTime => entry with { Unknown = (uint)count },
            FlexLmSimulatorCountField.Time => entry with { Since = (uint)count },
            FlexLmSimulatorCountField.NumberHigh => entry with { Number = (licenses << 32) | unchecked((uint)entry.Number) },
            FlexLmSimulatorCountField.NumberLow => entry with { Number = ((ulong)UpperHalf << 32) | licenses },
            FlexLmSimulatorCountField.Number => entry with { Number = licenses },
            _ => entry,
        } with
        { Count = usageForm == FlexLmSimulatorUsageForm.Messages && count > 1 ? count : null };
    }

    private sealed record SimulatedEntry(ulong Handle, UsageReply Usage, int Count);

    private sealed class SimulatedPool(string name, string version, (string Name, PoolVersion Version, object Fields) key)
    {
        private readonly HashSet<string> signatures = new(StringComparer.OrdinalIgnoreCase);

        public string Name => name;

        public string Version => version;

        /// <summary>The key without VENDOR_STRING.</summary>
        public (string Name, PoolVersion Version, object Fields) Key => key;

        public long Total { get; private set; }

        public bool IsUncounted { get; private set; }

        public List<SimulatedEntry> Entries { get; } = [];

        public int InUse => Entries.Sum(entry => entry.Count);

        public void Add(LicensePool pool, DateTimeOffset today)
        {
            IsUncounted = pool.IsUncounted;
            bool isExpired = pool.ExpiresAsOf(today) is { } day && day.LocalDateTime.Date < today.LocalDateTime.Date;
            Total += isExpired ? 0 : pool.Quantity;
            foreach (string signature in pool.Lines.SelectMany(line => new SignatureCandidates(line).All))
            {
                signatures.Add(Short(signature));
            }
        }

        public bool Fits(StatusRequest request) =>
            string.Equals(request.Feature, name, StringComparison.OrdinalIgnoreCase) && signatures.Contains(request.Signature);

        private static string Short(string signature) => signature.Substring(0, Math.Min(signature.Length, WireConstants.SignatureLength));
    }
}
