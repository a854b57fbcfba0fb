using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Browser;

/// <summary>A connection that speaks the DevTools protocol: commands with answers, and events.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(90);

    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> waiting = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly CancellationTokenSource end = new();
    private Task receiving = Task.CompletedTask;
    private int lastId;

    /// <summary>Method and parameters of each event, and the session that it is from.</summary>
    public event Action<string, JsonNode, string?>? Happened;

    public async Task ConnectAsync(Uri endpoint, CancellationToken cancellation)
    {
        socket.Options.Proxy = null;
        await socket.ConnectAsync(endpoint, cancellation);
        receiving = ReceiveAsync();
    }

    public async Task<JsonNode> SendAsync(string method, object? parameters = null, string? session = null)
    {
        int id = Interlocked.Increment(ref lastId);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = answer;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = JsonSerializer.SerializeToNode(parameters ?? new { }) };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        await sending.WaitAsync(end.Token);
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, end.Token);
        }
        finally
        {
            sending.Release();
        }

        return await answer.Task.WaitAsync(AnswerLimit);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await receiving;
        socket.Dispose();
        sending.Dispose();
        end.Dispose();
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), end.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    Dispatch(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // Whoever waits for an answer is told below.
        }

        foreach (TaskCompletionSource<JsonNode> answer in waiting.Values)
        {
            answer.TrySetException(new IOException("The browser closed the connection."));
        }
    }

    private void Dispatch(JsonNode message)
    {
        if (message["id"] is JsonNode id)
        {
            if (waiting.TryRemove(id.GetValue<int>(), out TaskCompletionSource<JsonNode>? answer))
            {
                if (message["error"] is JsonNode error)
                {
                    answer.TrySetException(new InvalidOperationException(error.ToJsonString()));
                }
                else
                {
                    answer.TrySetResult(message["result"]!);
                }
            }
        }
        else
        {
            Happened?.Invoke(message["method"]!.GetValue<string>(), message["params"]!, message["sessionId"]?.GetValue<string>());
        }
    }
}
