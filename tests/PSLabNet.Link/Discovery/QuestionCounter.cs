using System;
using PSLabNet.Wire;

namespace PSLabNet.Link.Discovery;

/// <summary>Counts what a client sends, and shows what it warns of.</summary>
internal sealed class QuestionCounter : IWireLog
{
    /// <summary>Datagrams that were sent.</summary>
    public int Sent { get; private set; }

    public void Warning(string message) => Console.WriteLine("warning: " + message);

    public void Verbose(string message)
    {
    }

    public void Bytes(string message, byte[] bytes) => Sent += message.StartsWith("Sent", StringComparison.Ordinal) ? 1 : 0;
}
