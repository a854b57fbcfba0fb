using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Simulation.FlexLm;

/// <summary>
/// A license server in this process: lmgrd and vendor daemons that speak the real protocol on real sockets. It is on loopback
/// unless another address is given. It only answers queries and grants no licenses to programs.
/// </summary>
public sealed class FlexLmSimulator : IDisposable
{
    private const int PortAttempts = 20;

    private readonly SimulatorLog log = new();
    private readonly List<SimulatedVendor> vendors = [];
    private readonly List<SimulatedManager> managers = [];

    private FlexLmSimulator(FlexLmSimulatorOptions options)
    {
        Options = options;
        string text = options.LicenseText ?? SampleLicense.Write(options);
        LicenseText = options.Fault is FlexLmSimulatorFault.LongLicense or FlexLmSimulatorFault.CutLicense ? SampleLicense.MakeLong(text) : text;
        IReadOnlyList<FlexLmLicenseLine> lines = FlexLmLicenseFile.Parse(text, "simulator", fault => throw new ArgumentException(fault.ToString(), nameof(options)));
        foreach (string name in lines.Select(line => line.Vendor).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            StartVendor(name, lines);
        }

        try
        {
            StartManagers();
        }
        catch (SocketException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Generation of the protocol that the server uses.</summary>
    public FlexLmGeneration Generation => Options.Generation;

    /// <summary>What is wrong with it.</summary>
    public FlexLmSimulatorFault Fault => Options.Fault;

    /// <summary>How the server behaves.</summary>
    internal FlexLmSimulatorOptions Options { get; private set; }

    /// <summary>The text of the license file that the server sends.</summary>
    public string LicenseText { get; }

    /// <summary>The server's name for queries, as <c>port@127.0.0.1</c>, or the three nodes of a triad.</summary>
    public string Server => string.Join(",", Enumerable.Range(0, Options.NodeCount)
        .Select(node => string.Format(CultureInfo.InvariantCulture, "{0}@{1}", Port, Options.AddressOf(node))));

    /// <summary>TCP port of lmgrd.</summary>
    public int Port { get; private set; }

    /// <summary>The vendor daemons.</summary>
    public IReadOnlyList<FlexLmSimulatedVendor> Vendors =>
        vendors.Select(vendor => new FlexLmSimulatedVendor(vendor.Name, vendor.EndPoint.Port, vendor.Licenses.FeatureNames.ToIndexable())).ToIndexable();

    /// <summary>Number of connections that all daemons accepted.</summary>
    public int Connections => log.Connections.Count;

    /// <summary>The requests that were received, in order.</summary>
    public IReadOnlyList<FlexLmSimulatorRequest> Requests => log.Requests;

    /// <summary>Errors of the simulator itself. There should be none.</summary>
    public IReadOnlyList<Exception> Failures => log.Failures;

    /// <summary>Starts a license server.</summary>
    /// <param name="options">How the server behaves; null for the defaults.</param>
    /// <returns>The running server; dispose it to stop it.</returns>
    /// <exception cref="ArgumentException">The license text has a bad line.</exception>
    /// <exception cref="SocketException">The port is in use.</exception>
    public static FlexLmSimulator Start(FlexLmSimulatorOptions? options = null) => new(options ?? new FlexLmSimulatorOptions());

    /// <summary>Counts the connections that a daemon accepted.</summary>
    /// <param name="daemon">lmgrd, or the name of a vendor daemon.</param>
    /// <returns>Their number.</returns>
    public int ConnectionsOf(string daemon) => log.Connections.Count(name => string.Equals(name, daemon, StringComparison.OrdinalIgnoreCase));

    /// <summary>Takes licenses, like a user's program.</summary>
    /// <param name="feature">Name of the feature.</param>
    /// <param name="user">User.</param>
    /// <param name="host">Host.</param>
    /// <param name="display">Display.</param>
    /// <param name="count">Number of licenses. One usage frame stands for all of them.</param>
    /// <returns>A handle for <see cref="Return"/>; null if there is no such feature or too few licenses are free.</returns>
    public ulong? Checkout(string feature, string user, string host, string display, int count) =>
        Take(feature, new UsageReply(UsageKind.Checkout, user, host, display, string.Empty), count);

    /// <summary>Reserves licenses for a group.</summary>
    /// <param name="feature">Name of the feature.</param>
    /// <param name="group">Name of the group.</param>
    /// <param name="count">Number of licenses. One usage frame stands for all of them.</param>
    /// <returns>A handle for <see cref="Return"/>; null if there is no such feature or too few licenses are free.</returns>
    public ulong? Reserve(string feature, string group, int count) => Take(feature, UsageReply.Reservation(group), count);

    /// <summary>Returns licenses.</summary>
    /// <param name="handle">The handle of the checkout or reservation.</param>
    /// <returns>False if there is no such handle.</returns>
    public bool Return(ulong handle) => vendors.Exists(vendor => vendor.Licenses.Return(handle));

    /// <summary>The server's name for queries.</summary>
    /// <returns>For example <c>27000@127.0.0.1</c>.</returns>
    public override string ToString() => Server;

    /// <summary>
    /// Changes how the daemons behave from now on. The license file, the checkouts and the ports stay. A fault that is in
    /// these (<see cref="FlexLmSimulatorFault.Refuse"/>, a license file that is too long) needs a new start.
    /// </summary>
    /// <param name="changed">How the server behaves.</param>
    internal void Behave(FlexLmSimulatorOptions changed)
    {
        Options = changed;
        managers.ForEach(manager => manager.Behave(changed));
        vendors.ForEach(vendor => vendor.Behave(changed));
    }

    /// <summary>Stops it and closes everything.</summary>
    public void Dispose()
    {
        managers.ForEach(manager => manager.Dispose());
        vendors.ForEach(vendor => vendor.Dispose());
    }

    private ulong? Take(string feature, UsageReply usage, int count)
    {
        foreach (SimulatedVendor vendor in vendors)
        {
            ulong handle = vendor.Licenses.Take(feature, usage, count);
            if (handle != 0)
            {
                return handle;
            }
        }

        return null;
    }

    private void StartVendor(string name, IReadOnlyList<FlexLmLicenseLine> lines)
    {
        List<FlexLmLicenseLine> own = [.. lines.Where(line => string.Equals(line.Vendor, name, StringComparison.OrdinalIgnoreCase))];
        if (Options.LicenseSets.TryGetValue(name, out string? set))
        {
            own.AddRange(FlexLmLicenseFile.Parse(set, "license set", fault => throw new ArgumentException(fault.ToString())));
        }

        // Each vendor has its own range of handles, so a handle leads back to its vendor.
        var licenses = new SimulatedLicenses(own, Options, firstHandle: 101 + ((ulong)vendors.Count * 1_000_000));
        foreach (string feature in licenses.FeatureNames)
        {
            for (int index = 1; index <= Options.CheckoutCount; index++)
            {
                string number = index.ToString(CultureInfo.InvariantCulture);
                licenses.Take(feature, new UsageReply(UsageKind.Checkout, "user" + number, "ws" + number, "/dev/pts/" + number, string.Empty), 1);
            }

            for (int index = 1; index <= Options.ReservationCount; index++)
            {
                licenses.Take(feature, UsageReply.Reservation("group" + index.ToString(CultureInfo.InvariantCulture)), 1);
            }
        }

        var vendor = new SimulatedVendor(name, Options.AddressOf(0), licenses, Options, log);
        vendors.Add(vendor);
        vendor.Listen();
    }

    // The nodes of a triad have the same port on different addresses, so the port that the system chooses for one must be free on all.
    private void StartManagers()
    {
        int[] up = [.. Enumerable.Range(0, Options.NodeCount).Where(node => !Options.DownNodes.Contains(node))];
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Port = Options.Port;
                foreach (int node in up)
                {
                    var endPoint = new IPEndPoint(Options.AddressOf(node), Port);
                    var manager = new SimulatedManager(endPoint, LicenseText, vendors, Options.AddressOf(up[0]).ToString(), Options, log);
                    managers.Add(manager);
                    Port = manager.EndPoint.Port;
                }

                managers.ForEach(manager => manager.Listen());

                return;
            }
            catch (SocketException) when (Options.Port == 0 && attempt < PortAttempts)
            {
                managers.ForEach(manager => manager.Dispose());
                managers.Clear();
            }
        }
    }
}
