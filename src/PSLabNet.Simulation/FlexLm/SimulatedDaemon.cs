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
    private static readonly TimeSpan WrongClockOffset = TimeSpan.FromHours(2);

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

    /// <summary>The fault of this daemon.</summary>
    public FlexLmSimulatorFault Fault
    {
        get
        {
            FlexLmSimulatorOptions now = options;
            return IsIn(target, Name, now) ? now.Fault : FlexLmSimulatorFault.None;
        }
    }

    /// <summary>The time by the server's clock.</summary>
    public uint UnixTime
    {
        get
        {
            DateTimeOffset now = Options.Now();
            return unchecked((uint)(Options.Fault == FlexLmSimulatorFault.WrongClock ? now + WrongClockOffset : now).ToUnixTimeSeconds());
        }
    }

    /// <summary>Starts to accept connections.</summary>
    public void Listen()
    {
        // Bound but not listening: the port is in use, and the system refuses connections to it.
        if (Fault != FlexLmSimulatorFault.Refuse)
        {
            listener.Listen(Backlog);
            Observe(AcceptAsync());
        }
    }

    /// <summary>Changes how the daemon behaves from now on, also on open connections.</summary>
    /// <param name="changed">How the server behaves.</param>
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

    /// <summary>The messages that answer a request, each in as many frames as the options require. Each usage frame is a separate message.</summary>
    public IReadOnlyList<byte[]> Answer(FlexLmMessage request)
    {
        IReadOnlyList<byte[]> replies = Reply(request);
        return Options.FragmentSize <= 0 ? replies : [.. replies.Select(Fragment)];
    }

    /// <summary>The messages that answer a request.</summary>
    protected abstract IReadOnlyList<byte[]> Reply(FlexLmMessage request);

    /// <summary>A text in as few frames as possible.</summary>
    protected static IReadOnlyList<byte[]> Send(FlexLmFrame frame) => [frame.Encode()];

    /// <summary>The answer to a hello.</summary>
    protected byte[] Encode(HelloReply hello) => Fault == FlexLmSimulatorFault.OkHello ? hello.EncodeOk() : hello.Encode(UnixTime);

    // The frames of one message stay together, so that they are one answer.
    private byte[] Fragment(byte[] message)
    {
        if (message[0] != WireConstants.FrameMark)
        {
            return message;
        }

        IReadOnlyList<FlexLmFrame> parts = FlexLmFrame.Decode(message).Split(Options.FragmentSize);
        bool isPartMissing = Fault == FlexLmSimulatorFault.MissingPart && parts.Count > 1;
        return [.. parts.Take(isPartMissing ? parts.Count - 1 : parts.Count).SelectMany(part => part.Encode())];
    }

    /// <summary>The details that the log records about a request, in addition to its kind.</summary>
    protected abstract string Describe(FlexLmMessage request);

    public void Record(FlexLmMessage request) =>
        log.Add(new FlexLmSimulatorRequest(Name, request.Frame?.Type.ToString() ?? ((char)request.Old!.Kind).ToString(), Describe(request)));

    // Only a vendor daemon can have faults of usage and of pipelining, whatever the target is.
    private static bool IsIn(FlexLmSimulatorTarget target, string name, FlexLmSimulatorOptions options)
    {
        bool isOfVendors = options.Fault is FlexLmSimulatorFault.FewerUsage or FlexLmSimulatorFault.MoreUsage or FlexLmSimulatorFault.DropAhead
            or FlexLmSimulatorFault.CloseAhead or FlexLmSimulatorFault.OutOfTurn or FlexLmSimulatorFault.UsageLast or FlexLmSimulatorFault.WrongVendor
            or FlexLmSimulatorFault.NewVendor or FlexLmSimulatorFault.RejectedLine;
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
                // Disposed, or the peer was gone before it was accepted. The condition of the loop decides which.
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
