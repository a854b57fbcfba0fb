using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.Logging;

namespace PSLabNet.Benchmarks.Servers;

/// <summary>A part of a conversation: bytes in one direction, then bytes in the other.</summary>
internal sealed class Round
{
    public int Sent { get; set; }

    public int Received { get; set; }
}

/// <summary>The number of bytes in each direction and their order during a query of a server, connection by connection.</summary>
internal sealed class Conversation : ILabByteLog
{
    private readonly Lock listening = new();
    private readonly List<string> peers = [];
    private readonly Dictionary<string, List<Round>> rounds = [];

    public bool HearsBytes => true;

    /// <summary>The rounds of each connection, in the order in which the connections were opened.</summary>
    public IReadOnlyList<IReadOnlyList<Round>> Connections => [.. peers.Select(peer => rounds[peer])];

    /// <summary>Queries a server once and records the conversation.</summary>
    public static async Task<Conversation> ListenAsync(FlexLmServerAddress server)
    {
        var conversation = new Conversation();
        var options = new FlexLmQueryOptions { Log = conversation };
        await new FlexLmClient(options).GetFeaturesAsync(server, FlexLmFeatureFilter.All, _ => { }, CancellationToken.None);
        return conversation;
    }

    public void Warning(string message)
    {
    }

    public void Verbose(string message)
    {
    }

    // "127.0.0.1:27000 <- request", or "->" with an answer.
    public void Bytes(string message, byte[] bytes)
    {
        string[] words = message.Split(' ');
        bool isSent = words[1] == "<-";
        lock (listening)
        {
            if (!rounds.TryGetValue(words[0], out List<Round>? own))
            {
                peers.Add(words[0]);
                rounds.Add(words[0], own = []);
            }

            if (own.Count == 0 || (isSent && own[^1].Received > 0))
            {
                own.Add(new Round());
            }

            own[^1].Sent += isSent ? bytes.Length : 0;
            own[^1].Received += isSent ? 0 : bytes.Length;
        }
    }
}
