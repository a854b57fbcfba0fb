namespace PSLabNet.Logging;

/// <summary>
/// Hears what happens on the wire while a query runs. Called from whatever thread the work is on, and by several
/// at once: an implementation queues and returns.
/// </summary>
public interface ILabLog
{
    /// <summary>Something is wrong, and the work goes on.</summary>
    /// <param name="message">A sentence for the user.</param>
    void Warning(string message);

    /// <summary>What is being done.</summary>
    /// <param name="message">A sentence for the user.</param>
    void Verbose(string message);

    /// <summary>Bytes that were sent or received.</summary>
    /// <param name="message">Which way, and with whom.</param>
    /// <param name="bytes">The bytes; nobody changes them any more.</param>
    void Bytes(string message, byte[] bytes);
}
