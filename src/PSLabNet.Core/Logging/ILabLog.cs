namespace PSLabNet.Logging;

/// <summary>
/// Receives what happens on the wire while a query runs. Any thread may call it, and several at once: an implementation
/// should queue the message and return.
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
    /// <param name="bytes">The bytes, which do not change any more.</param>
    void Bytes(string message, byte[] bytes);
}
