using PSLabNet.Logging;

namespace PSLabNet.IcePap.Transport;

/// <summary>Reports datagrams that are missing from watched traffic: once when the first are dropped, and again at the end.</summary>
/// <param name="transport">Counts the datagrams that it dropped.</param>
/// <param name="log">Receives the warnings.</param>
internal sealed class DropReport(IcePapTransport transport, ILabLog log)
{
    private bool isTold;

    /// <summary>Warns when the first datagrams were dropped.</summary>
    public void Check()
    {
        if (!isTold && transport.Dropped > 0)
        {
            isTold = true;
            log.Warning("Datagrams arrive faster than they are taken. The oldest are dropped.");
        }
    }

    /// <summary>Warns how many datagrams were dropped, if any.</summary>
    public void Finish()
    {
        if (transport.Dropped > 0)
        {
            log.Warning($"{transport.Dropped} datagrams were dropped, because they arrived faster than they were taken.");
        }
    }
}
