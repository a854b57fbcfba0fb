namespace PSLabNet.Net;

/// <summary>What a full queue does with another item.</summary>
internal enum QueueOverflow
{
    /// <summary>The new item is dropped: the earliest items matter most, for example the first answers of a search.</summary>
    DropNewest,

    /// <summary>The oldest items are dropped until the new one fits: the latest items matter most, for example watched traffic.</summary>
    DropOldest,
}
