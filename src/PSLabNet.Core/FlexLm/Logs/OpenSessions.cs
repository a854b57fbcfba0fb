using System.Collections.Generic;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// The open sessions of one user on one host with one feature, the oldest first. The oldest session with a given number of
/// licenses is found without a search: some users hold thousands.
/// </summary>
internal sealed class OpenSessions
{
    private readonly LinkedList<FlexLmLogSession> byStart = new();

    // Only if there is more than one session.
    private Dictionary<int, LinkedList<LinkedListNode<FlexLmLogSession>>>? byCount;

    public int Count => byStart.Count;

    public IEnumerable<FlexLmLogSession> All => byStart;

    public void Add(FlexLmLogSession session)
    {
        LinkedListNode<FlexLmLogSession> node = byStart.AddLast(session);
        if (byStart.Count == 1)
        {
            return;
        }

        if (byCount is null)
        {
            byCount = [];
            QueueOf(byStart.First!.Value.Count).AddLast(byStart.First!);
        }

        QueueOf(session.Count).AddLast(node);
    }

    /// <summary>Removes and returns the oldest session with this number of licenses.</summary>
    /// <returns>Null if there is none.</returns>
    public FlexLmLogSession? TakeOldest(int count)
    {
        LinkedListNode<FlexLmLogSession>? node = byCount is null
            ? byStart.First is { } only && only.Value.Count == count ? only : null
            : byCount.TryGetValue(count, out LinkedList<LinkedListNode<FlexLmLogSession>>? queue) ? queue.First?.Value : null;
        return node is null ? null : Remove(node);
    }

    /// <summary>Removes and returns the oldest session.</summary>
    /// <returns>Null if there is none.</returns>
    public FlexLmLogSession? TakeOldest() => byStart.First is { } first ? Remove(first) : null;

    /// <summary>Puts back the rest of the session that was removed last, as the oldest one.</summary>
    public void PutBack(FlexLmLogSession rest)
    {
        LinkedListNode<FlexLmLogSession> node = byStart.AddFirst(rest);
        if (byCount is not null)
        {
            QueueOf(rest.Count).AddFirst(node);
        }
    }

    // The oldest session of all, or of its number, is the first in its queue.
    private FlexLmLogSession Remove(LinkedListNode<FlexLmLogSession> node)
    {
        byStart.Remove(node);
        if (byCount is not null)
        {
            LinkedList<LinkedListNode<FlexLmLogSession>> queue = QueueOf(node.Value.Count);
            queue.RemoveFirst();
            if (queue.Count == 0)
            {
                byCount.Remove(node.Value.Count);
            }

            byCount = byStart.Count == 0 ? null : byCount;
        }

        return node.Value;
    }

    private LinkedList<LinkedListNode<FlexLmLogSession>> QueueOf(int count)
    {
        if (!byCount!.TryGetValue(count, out LinkedList<LinkedListNode<FlexLmLogSession>>? queue))
        {
            queue = new LinkedList<LinkedListNode<FlexLmLogSession>>();
            byCount.Add(count, queue);
        }

        return queue;
    }
}
