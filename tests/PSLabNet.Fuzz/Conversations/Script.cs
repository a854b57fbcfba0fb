using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using PSLabNet.Fuzz.Mutation;

namespace PSLabNet.Fuzz.Conversations;

/// <summary>How a part of a server's output arrives.</summary>
[Flags]
internal enum Arrival
{
    AtOnce = 0,

    /// <summary>In two parts.</summary>
    Split = 1,

    /// <summary>Followed by a reset of the connection.</summary>
    ThenReset = 2,

    /// <summary>Together with the next part.</summary>
    WithNext = 4,
}

/// <summary>A part of a server's output.</summary>
internal readonly record struct Reply(Arrival Arrival, byte[] Bytes);

/// <summary>
/// The replies of a license server on each of its connections, which do not depend on the requests, and the request to send.
/// As bytes: 0 the request; then for each reply 0 the connection, 1 how it arrives, 2 length (big endian), 4 bytes.
/// </summary>
internal sealed class Script
{
    private const int MostConnections = 16;

    private Script(byte question, List<List<Reply>> connections)
    {
        Question = question;
        Connections = connections;
    }

    public byte Question { get; }

    /// <summary>The replies on each connection, in the order in which the connections are opened. Further connections are refused.</summary>
    public IReadOnlyList<List<Reply>> Connections { get; }

    /// <summary>Reads a script; bytes that do not form replies are ignored.</summary>
    public static Script Read(byte[] bytes)
    {
        var connections = new List<List<Reply>>();
        int at = 1;
        while (at + 4 <= bytes.Length)
        {
            int connection = bytes[at] % MostConnections;
            var arrival = (Arrival)(bytes[at + 1] & 7);
            int length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2)), bytes.Length - at - 4);
            while (connections.Count <= connection)
            {
                connections.Add([]);
            }

            connections[connection].Add(new Reply(arrival, bytes.AsSpan(at + 4, length).ToArray()));
            at += 4 + length;
        }

        return new Script(bytes.Length == 0 ? (byte)0 : bytes[0], connections);
    }

    public static void Write(ByteBuffer target, byte question, IEnumerable<(int Connection, Reply Reply)> replies)
    {
        target.Set([question]);
        Span<byte> head = stackalloc byte[4];
        foreach ((int connection, Reply reply) in replies)
        {
            head[0] = (byte)connection;
            head[1] = (byte)reply.Arrival;
            int length = Math.Min(reply.Bytes.Length, ushort.MaxValue);
            BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)length);
            target.Append(head);
            target.Append(reply.Bytes.AsSpan(0, length));
        }
    }
}
