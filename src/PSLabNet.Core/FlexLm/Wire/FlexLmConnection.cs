using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Logging;
using PSLabNet.Net;

namespace PSLabNet.FlexLm.Wire;

// This file is longer than most. Opening, reading and ending share one receive that may be pending, the held message and the
// failure that the next read reports; a reader has to see them together.

/// <summary>A message to send, with its name in the log.</summary>
internal sealed record OutgoingMessage(byte[] Bytes, string Name);

/// <summary>
/// A TCP connection to a daemon. It reads one message at a time, in one or several frames. The end of the session closes the
/// socket: nothing else ends a read on every runtime.
/// </summary>
internal sealed class FlexLmConnection : IDisposable
{
    private const int ChunkSize = 16 * 1024;

    private readonly IFlexLmChannel channel;
    private readonly ConnectionContext context;
    private readonly CancellationTokenRegistration onEnd;
    private readonly byte[] chunk = new byte[ChunkSize];
    private readonly ReceivedBytes received = new();
    private Task<int>? pending;
    private FlexLmMessage? held;
    private FlexLmFrame? whole;
    private ExceptionDispatchInfo? failure;

    private FlexLmConnection(IFlexLmChannel channel, IPEndPoint remote, ConnectionContext context)
    {
        this.channel = channel;
        this.context = context;
        Remote = remote;
        onEnd = context.Token.Register(channel.Dispose);
    }

    public IPEndPoint Remote { get; }

    /// <summary>True if a message has been received that is not read yet.</summary>
    /// <exception cref="FlexLmProtocolException">The bytes are not a message.</exception>
    public bool HasMessage => held is not null || received.HasMessage;

    /// <summary>Connects to one address.</summary>
    /// <exception cref="SocketException">The connection failed.</exception>
    /// <exception cref="OperationCanceledException">The end of the session or the token cancelled it.</exception>
    public static async Task<FlexLmConnection> OpenAsync(IPEndPoint remote, ConnectionContext context, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        IFlexLmChannel channel = context.Network.Open(remote.AddressFamily);
        var connection = new FlexLmConnection(channel, remote, context);
        try
        {
            using (token.Register(channel.Dispose))
            {
                await channel.ConnectAsync(remote).ConfigureAwait(false);
            }

            token.ThrowIfCancellationRequested();
            context.Log.Verbose($"Connected to {remote}.");
            return connection;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or NullReferenceException or OperationCanceledException)
        {
            // NullReferenceException: mono's socket throws it if it is closed while it connects.
            connection.Dispose();
            bool isStopped = token.IsCancellationRequested || context.Token.IsCancellationRequested;
            string why = !isStopped && exception is SocketException socket ? socket.SocketErrorCode.ToString() : "no answer until the attempt was given up";
            context.Log.Verbose($"No connection to {remote}: {why}.");
            token.ThrowIfCancellationRequested();
            context.Token.ThrowIfCancellationRequested();
            if (exception is not SocketException)
            {
                throw new SocketException((int)SocketError.OperationAborted);
            }

            throw;
        }
    }

    public void Dispose()
    {
        onEnd.Dispose();
        if (pending is { } receive)
        {
            receive.Abandon();
        }

        channel.Dispose();
    }

    /// <exception cref="SocketException">The send failed.</exception>
    /// <exception cref="OperationCanceledException">The session ended.</exception>
    public Task SendAsync(byte[] message, string name) => SendAsync([new OutgoingMessage(message, name)]);

    /// <summary>Sends several messages at once.</summary>
    /// <exception cref="SocketException">The send failed.</exception>
    /// <exception cref="OperationCanceledException">The session ended.</exception>
    public async Task SendAsync(IReadOnlyList<OutgoingMessage> messages)
    {
        foreach (OutgoingMessage message in messages)
        {
            if (LabLog.IsHeard(context.Log))
            {
                context.Log.Bytes($"{Remote} <- {message.Name}", message.Bytes);
            }
        }

        byte[] bytes = messages.Count == 1 ? messages[0].Bytes : Join(messages);
        try
        {
            int sent = 0;
            while (sent < bytes.Length)
            {
                sent += await channel.SendAsync(new ArraySegment<byte>(bytes, sent, bytes.Length - sent)).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw Ended(exception);
        }
    }

    private static byte[] Join(IReadOnlyList<OutgoingMessage> messages)
    {
        var bytes = new byte[messages.Sum(message => message.Bytes.Length)];
        int at = 0;
        foreach (OutgoingMessage message in messages)
        {
            message.Bytes.CopyTo(bytes, at);
            at += message.Bytes.Length;
        }

        return bytes;
    }

    /// <summary>Reads one message. Only the end of the session limits the wait.</summary>
    /// <exception cref="FlexLmProtocolException">The bytes are not a message.</exception>
    /// <exception cref="SocketException">The read failed, or the peer closed (<see cref="SocketError.Disconnecting"/>).</exception>
    /// <exception cref="OperationCanceledException">The session ended.</exception>
    public async Task<FlexLmMessage> ReadAsync() =>
        await ReadAsync(Timeout.InfiniteTimeSpan).ConfigureAwait(false) ?? throw new OperationCanceledException(context.Token);

    /// <summary>Reads one message; null if no byte arrived within the limit. The connection can be read again afterwards.</summary>
    /// <exception cref="FlexLmProtocolException">The bytes are not a message.</exception>
    /// <exception cref="SocketException">The read failed, or the peer closed.</exception>
    /// <exception cref="OperationCanceledException">The session ended.</exception>
    public async Task<FlexLmMessage?> ReadAsync(TimeSpan silence)
    {
        while (true)
        {
            FlexLmMessage? message = held ?? await ReadOneAsync(silence).ConfigureAwait(false);
            held = null;
            if (message?.Frame is not { } frame)
            {
                return message;
            }

            if (IsRestOfWhole(frame))
            {
                context.Log.Verbose($"{Remote} sends a {message.Name} that adds nothing to the message before it; it is left out.");
                continue;
            }

            bool isWhole = frame.HasMore && FrameEnd.IsWhole(frame);
            whole = isWhole ? frame : null;
            if (isWhole || !MessageParts.CanContinue(frame))
            {
                return message;
            }

            var parts = new MessageParts(frame, context.MaxTextSize);
            return parts.AwaitsMore || parts.IsTooLong ? await GatherAsync(parts).ConfigureAwait(false) : message;
        }
    }

    // A complete frame announced that more follows. An incomplete frame after it is that rest.
    private bool IsRestOfWhole(FlexLmFrame frame) =>
        whole is not null && frame.Type == whole.Type && frame.Time == whole.Time && !FrameEnd.IsWhole(frame);

    // What was received before a failure counts; the next read reports the failure.
    private async Task<FlexLmMessage> GatherAsync(MessageParts parts)
    {
        try
        {
            while (parts.AwaitsMore && await ReadOneAsync(parts.Silence).ConfigureAwait(false) is { } next)
            {
                if (next.Frame is not { } frame || !parts.TryAdd(frame))
                {
                    held = next;
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or FlexLmProtocolException)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        FlexLmMessage message = parts.ToMessage();
        context.Log.Verbose($"{Remote} sends a {message.Name}{(message.IsTooLong ? "; the rest is not read" : message.IsCut ? "; its end did not come" : string.Empty)}.");
        return message;
    }

    private async Task<FlexLmMessage?> ReadOneAsync(TimeSpan silence)
    {
        failure?.Throw();
        while (true)
        {
            if (received.Take() is { } whole)
            {
                return Decode(whole);
            }

            bool isShort = received.HasShortFrame;
            try
            {
                bool isSooner = isShort && (silence == Timeout.InfiniteTimeSpan || silence > MessageParts.ShortSilence);
                if (await ReceiveAsync(isSooner ? MessageParts.ShortSilence : silence).ConfigureAwait(false))
                {
                    continue;
                }
            }
            catch (SocketException) when (isShort)
            {
                // The peer has closed. The next read reports it.
            }

            return isShort ? Decode(received.TakeShortFrame()) : null;
        }
    }

    private FlexLmMessage Decode(byte[] bytes)
    {
        context.Budget.TakeMessage(bytes.Length);
        FlexLmMessage message = FlexLmMessage.Decode(bytes);
        if (message.Is(FrameType.Text))
        {
            context.Times.Add(Remote, message.Frame!.Time);
        }

        if (LabLog.IsHeard(context.Log))
        {
            context.Log.Bytes($"{Remote} -> {message.Name}", bytes);
        }

        return message;
    }

    private async Task<bool> ReceiveAsync(TimeSpan silence)
    {
        try
        {
            pending ??= channel.ReceiveAsync(new ArraySegment<byte>(chunk));
            if (silence != Timeout.InfiniteTimeSpan && !pending.IsCompleted)
            {
                using var timer = new CancellationTokenSource();
                Task first = await Task.WhenAny(pending, Task.Delay(silence, timer.Token)).ConfigureAwait(false);
                timer.Cancel();
                if (first != pending)
                {
                    return false;
                }
            }

            int count = await pending.ConfigureAwait(false);
            pending = null;
            if (count == 0)
            {
                throw new SocketException((int)(received.Count > 0 ? SocketError.ConnectionAborted : SocketError.Disconnecting));
            }

            context.Budget.TakeBytes(count);
            received.Add(chunk, count);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            pending = null;
            throw Ended(exception);
        }
    }

    private Exception Ended(Exception exception)
    {
        if (context.Token.IsCancellationRequested)
        {
            return new OperationCanceledException(context.Token);
        }

        return exception is SocketException ? exception : new SocketException((int)SocketError.OperationAborted);
    }
}
