using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Simulation.FlexLm;

/// <summary>One connection to a simulated daemon: reads requests, answers them in order, and produces the requested faults.</summary>
internal sealed class SimulatedConnection
{
    private const int ChunkSize = 16 * 1024;
    private const int TogetherMs = 15;
    private const int ByteIntervalMs = 1000;

    private readonly Socket socket;
    private readonly SimulatedDaemon daemon;
    private readonly CancellationToken stop;
    private readonly List<byte> received = [];
    private readonly byte[] chunk = new byte[ChunkSize];
    private Task sending = Task.CompletedTask;
    private int answers;

    public SimulatedConnection(Socket socket, SimulatedDaemon daemon, CancellationToken stop)
    {
        this.socket = socket;
        this.daemon = daemon;
        this.stop = stop;
    }

    private enum Next
    {
        Read,
        Close,
    }

    public async Task RunAsync()
    {
        using (socket)
        using (stop.Register(socket.Dispose))
        {
            try
            {
                socket.NoDelay = true;
                while (await ReceiveAsync().ConfigureAwait(false))
                {
                    if (await ServeAsync().ConfigureAwait(false) == Next.Close)
                    {
                        return;
                    }
                }

                await sending.ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException or FlexLmProtocolException)
            {
                // The peer is gone or sent something that is not a message, or the simulator stops. The connection ends.
            }
        }
    }

    private async Task<Next> ServeAsync()
    {
        while (TakeRequest() is { } request)
        {
            List<FlexLmMessage> together = [request];
            switch (daemon.Fault)
            {
                case FlexLmSimulatorFault.DropAhead:
                    await DropAsync().ConfigureAwait(false);
                    break;
                case FlexLmSimulatorFault.CloseAhead:
                    await GatherAsync(together).ConfigureAwait(false);
                    if (together.Count > 1)
                    {
                        await AnswerAsync([request]).ConfigureAwait(false);
                        await sending.ConfigureAwait(false);
                        return Next.Close;
                    }

                    break;
                case FlexLmSimulatorFault.OutOfTurn:
                    await GatherAsync(together).ConfigureAwait(false);
                    together.Reverse();
                    break;
                case FlexLmSimulatorFault.UsageLast:
                    await GatherAsync(together).ConfigureAwait(false);
                    break;
                default:
                    break;
            }

            if (await AnswerAsync(together).ConfigureAwait(false) == Next.Close)
            {
                return Next.Close;
            }
        }

        return Next.Read;
    }

    private async Task<Next> AnswerAsync(List<FlexLmMessage> requests)
    {
        var replies = new List<byte[]>();
        var usages = new List<byte[]>();
        bool isFaulty = false;
        foreach (FlexLmMessage request in requests)
        {
            daemon.Record(request);
            isFaulty = answers++ >= daemon.Options.FaultAfter;
            IReadOnlyList<byte[]> answer = daemon.Answer(request);
            bool isUsageLast = daemon.Fault == FlexLmSimulatorFault.UsageLast;
            replies.AddRange(isUsageLast ? answer.Take(1) : answer);
            usages.AddRange(isUsageLast ? answer.Skip(1) : []);
        }

        replies.AddRange(usages);
        return isFaulty ? await SendFaultyAsync(replies).ConfigureAwait(false) : Send(replies);
    }

    // An immediate answer waits for the answers before it, so it does not overtake them.
    private async Task<Next> SendFaultyAsync(List<byte[]> replies)
    {
        switch (daemon.Fault)
        {
            case FlexLmSimulatorFault.Silent:
                return Next.Read;
            case FlexLmSimulatorFault.OneBytePerSecond:
                await sending.ConfigureAwait(false);
                foreach (byte one in replies.SelectMany(reply => reply))
                {
                    await SendNowAsync([one]).ConfigureAwait(false);
                    await Task.Delay(ByteIntervalMs, stop).ConfigureAwait(false);
                }

                return Next.Read;
            case FlexLmSimulatorFault.CloseHalfWay:
                await sending.ConfigureAwait(false);
                await SendNowAsync([.. replies[0].Take(replies[0].Length / 2)]).ConfigureAwait(false);
                return Next.Close;
            case FlexLmSimulatorFault.EndlessStream:
                await sending.ConfigureAwait(false);
                while (!stop.IsCancellationRequested)
                {
                    await SendNowAsync([.. replies.SelectMany(reply => reply)]).ConfigureAwait(false);
                    replies = [.. FaultyBytes.Endless(daemon.UnixTime)];
                }

                return Next.Close;
            default:
                return Send([.. replies.Select(reply => FaultyBytes.Spoil(daemon.Fault, reply, daemon.Options.ErrorCode))]);
        }
    }

    // Each answer is due one latency after its request. Answers keep the order of the requests.
    private Next Send(List<byte[]> replies)
    {
        var all = new List<byte>(replies.Sum(reply => reply.Length));
        replies.ForEach(all.AddRange);
        byte[] bytes = [.. all];
        long due = Stopwatch.GetTimestamp() + (daemon.Options.LatencyMs * Stopwatch.Frequency / 1000);
        sending = SendWhenDueAsync(sending, bytes, due);
        return Next.Read;
    }

    private async Task SendWhenDueAsync(Task before, byte[] bytes, long due)
    {
        long left = (due - Stopwatch.GetTimestamp()) * 1000 / Stopwatch.Frequency;
        if (left > 0)
        {
            await Task.Delay((int)left, stop).ConfigureAwait(false);
        }

        await before.ConfigureAwait(false);
        await SendNowAsync(bytes).ConfigureAwait(false);
    }

    private async Task SendNowAsync(byte[] bytes)
    {
        int sent = 0;
        while (sent < bytes.Length)
        {
            sent += await socket.SendAsync(new ArraySegment<byte>(bytes, sent, bytes.Length - sent), SocketFlags.None).ConfigureAwait(false);
        }
    }

    private async Task<bool> ReceiveAsync()
    {
        int count = await socket.ReceiveAsync(new ArraySegment<byte>(chunk), SocketFlags.None).ConfigureAwait(false);
        received.AddRange(new ArraySegment<byte>(chunk, 0, count));
        return count > 0;
    }

    private FlexLmMessage? TakeRequest()
    {
        byte[] bytes = [.. received];
        int length = FlexLmMessage.MeasureLength(bytes, 0, bytes.Length);
        if (length == 0 || bytes.Length < length)
        {
            return null;
        }

        received.RemoveRange(0, length);
        Array.Resize(ref bytes, length);
        return FlexLmMessage.Decode(bytes);
    }

    // Reads requests that were sent together, whether they arrive in one piece or not.
    private async Task GatherAsync(List<FlexLmMessage> together)
    {
        do
        {
            while (TakeRequest() is { } more)
            {
                together.Add(more);
            }

            await Task.Delay(TogetherMs, stop).ConfigureAwait(false);
        }
        while (socket.Available > 0 && await ReceiveAsync().ConfigureAwait(false));
    }

    // Discards what arrives while a request is processed.
    private async Task DropAsync()
    {
        await Task.Delay(TogetherMs, stop).ConfigureAwait(false);
        while (socket.Available > 0 && await ReceiveAsync().ConfigureAwait(false))
        {
            // Read here and discarded below.
        }

        received.Clear();
    }
}
