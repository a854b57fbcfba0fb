using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Simulation.FlexLm;

/// <summary>A daemon on a real socket: accepts connections and answers requests until it is disposed.</summary>
internal abstract class SimulatedDaemon : IDisposable
{
    private const int Backlog = 512;

    private readonly Socket listener;
    private readonly CancellationTokenSource stop = new();
    private bool isDisposed;
    private readonly SimulatorLog log;
    private readonly FlexLmSimulatorTarget target;
    private volatile FlexLmSimulatorOptions options;

    protected SimulatedDaemon(string name, IPEndPoint endPoint, FlexLmSimulatorOptions options, SimulatorLog log, FlexLmSimulatorTarget target)
    {
        Name = name;
        this.options = options;
        this.log = log;
        this.target = target;
        listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(endPoint);
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
    }

    public string Name { get; }

    public IPEndPoint EndPoint { get; }

    public FlexLmSimulatorOptions Options => options;

    /// <summary>What this daemon does wrong.</summary>
    public FlexLmSimulatorFault Fault
    {
        get
        {
            FlexLmSimulatorOptions now = options;
            return IsIn(target, Name, now) ? now.Fault : FlexLmSimulatorFault.None;
        }
    }

    public uint UnixTime => unchecked((uint)Options.Now().ToUnixTimeSeconds());

    /// <summary>Begins to accept connections.</summary>
    public void Listen()
    {
        // Bound but not listening: the port is taken, and connections to it are refused.
        if (Fault != FlexLmSimulatorFault.Refuse)
        {
            listener.Listen(Backlog);
            Observe(AcceptAsync());
        }
    }

    /// <summary>Lets the daemon behave differently from now on, also on the connections that there are.</summary>
    /// <param name="changed">What it is like.</param>
    public void Behave(FlexLmSimulatorOptions changed) => options = changed;

    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    /// <summary>The messages that answer a request; usage frames are messages of their own.</summary>
    public abstract IReadOnlyList<byte[]> Answer(FlexLmMessage request);

    /// <summary>What the log says of a request beside its kind.</summary>
    protected abstract string Describe(FlexLmMessage request);

    public void Record(FlexLmMessage request) =>
        log.Add(new FlexLmSimulatorRequest(Name, request.Frame?.Type.ToString() ?? ((char)request.Old!.Kind).ToString(), Describe(request)));

    // Faults of usage and of asking ahead can only be in a vendor daemon, whatever the target says.
    private static bool IsIn(FlexLmSimulatorTarget target, string name, FlexLmSimulatorOptions options)
    {
        bool isOfVendors = options.Fault is FlexLmSimulatorFault.FewerUsage or FlexLmSimulatorFault.MoreUsage or FlexLmSimulatorFault.DropAhead
            or FlexLmSimulatorFault.CloseAhead or FlexLmSimulatorFault.OutOfTurn or FlexLmSimulatorFault.UsageLast or FlexLmSimulatorFault.WrongVendor;
        FlexLmSimulatorTarget wanted = isOfVendors ? FlexLmSimulatorTarget.Vendor : options.FaultTarget;
        return target == wanted
            && (target == FlexLmSimulatorTarget.Manager || options.FaultVendors.Count == 0 || options.FaultVendors.Contains(name));
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = await listener.AcceptAsync().ConfigureAwait(false);
                log.AddConnection(Name);
                Serve(socket);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // Disposed, or the peer was gone before it was accepted; the loop's condition tells which.
            }
        }
    }

    private void Serve(Socket socket) => Observe(new SimulatedConnection(socket, this, stop.Token).RunAsync());

    private void Observe(Task task) =>
        task.ContinueWith(
            done => log.AddFailure(done.Exception!),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
