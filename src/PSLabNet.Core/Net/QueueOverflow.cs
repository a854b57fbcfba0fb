namespace PSLabNet.Net;

/// <summary>What a full queue does with one more item.</summary>
internal enum QueueOverflow
{
    /// <summary>The new item is dropped: what came first is worth most, as the first answers of a search.</summary>
    DropNewest,

    /// <summary>The oldest items are dropped until the new one has room: what came last is worth most, as when traffic is watched.</summary>
    DropOldest,
}
