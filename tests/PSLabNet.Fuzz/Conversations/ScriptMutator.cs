using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;
using PSLabNet.Fuzz.Targets.FlexLm;

namespace PSLabNet.Fuzz.Conversations;

/// <summary>
/// Mutates conversations by their structure: replies lost, repeated, in another order, from another conversation, or mutated
/// one by one.
/// </summary>
internal sealed class ScriptMutator
{
    private readonly ByteBuffer buffer = new();
    private readonly ByteBuffer message = new();
    private readonly List<(int Connection, Reply Reply)> replies = [];

    public byte[] Mutate(FuzzRandom random, SeedPool pool)
    {
        byte[] input = pool.Pick(random);
        if (random.OneIn(24))
        {
            buffer.Set(input);
            ByteMutator.Mutate(buffer, random, pool.Pick(random));
            return buffer.ToArray();
        }

        byte question = random.OneIn(16) ? random.NextByte() : input.Length == 0 ? (byte)0 : input[0];
        Load(Script.Read(input));
        do
        {
            Change(random, pool);
        }
        while (random.OneIn(2));
        Script.Write(buffer, question, replies);
        return buffer.ToArray();
    }

    // In several frames, as a server sends a long message. A reply that is no longer a frame does not change.
    private static IEnumerable<Reply> Split(Reply reply, FuzzRandom random)
    {
        const int MostParts = 16;
        try
        {
            FlexLmFrame frame = FlexLmFrame.Decode(reply.Bytes);
            int size = 1 + (frame.Data.Length / (1 + random.Below(MostParts)));
            return frame.Split(size).Select(part => reply with { Bytes = part.Encode() });
        }
        catch (FlexLmProtocolException)
        {
            return [reply];
        }
    }

    private void Load(Script script)
    {
        replies.Clear();
        for (int connection = 0; connection < script.Connections.Count; connection++)
        {
            replies.AddRange(script.Connections[connection].Select(reply => (connection, reply)));
        }
    }

    private void Change(FuzzRandom random, SeedPool pool)
    {
        if (replies.Count == 0)
        {
            byte[] any = FlexLmMessages.Any(random);
            replies.Add((0, new Reply(Arrival.AtOnce, any)));
            return;
        }

        int at = random.Below(replies.Count);
        (int connection, Reply reply) = replies[at];
        if (random.OneIn(64))
        {
            replies.RemoveAt(at);
            replies.InsertRange(at, LongWord.PutInto(reply, random).Select(part => (connection, part)));
            return;
        }

        if (random.OneIn(32) && reply.Bytes.Length > WireConstants.FrameHeaderLength && reply.Bytes[0] == WireConstants.FrameMark)
        {
            replies.RemoveAt(at);
            replies.InsertRange(at, Split(reply, random).Select(part => (connection, part)));
            return;
        }

        switch (random.Below(10))
        {
            case 0 or 1 or 2 or 3:
                message.Set(reply.Bytes);
                FlexLmMessages.Mutate(message, random, replies[random.Below(replies.Count)].Reply.Bytes);
                replies[at] = (connection, reply with { Bytes = message.ToArray() });
                break;
            case 4:
                replies.RemoveAt(at);
                break;
            case 5:
                int times = random.OneIn(16) ? 100 : 1;
                for (int count = 0; count < times; count++)
                {
                    replies.Insert(random.Below(replies.Count + 1), replies[at]);
                }

                break;
            case 6:
                int other = random.Below(replies.Count);
                (replies[at], replies[other]) = ((connection, replies[other].Reply), (replies[other].Connection, reply));
                break;
            case 7:
                Script donor = Script.Read(pool.Pick(random));
                if (donor.Connections.Count > 0 && donor.Connections[random.Below(donor.Connections.Count)] is { Count: > 0 } donated)
                {
                    replies.Insert(random.Below(replies.Count + 1), (connection, donated[random.Below(donated.Count)]));
                }

                break;
            case 8:
                replies[at] = random.OneIn(2) ? (random.Below(8), reply) : (connection, reply with { Arrival = (Arrival)random.Below(8) });
                break;
            default:
                replies.Insert(at, (connection, new Reply(Arrival.AtOnce, FlexLmMessages.Any(random))));
                break;
        }
    }
}
