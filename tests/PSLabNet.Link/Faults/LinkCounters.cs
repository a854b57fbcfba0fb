namespace PSLabNet.Link.Faults;

/// <summary>Counts of a link for the frames of one direction.</summary>
/// <param name="Frames">Frames that arrived.</param>
/// <param name="Lost">Frames that were lost on purpose.</param>
/// <param name="Duplicated">Frames that were forwarded twice.</param>
/// <param name="Overtaken">Frames that were delayed until others had passed.</param>
/// <param name="Overrun">Frames that were lost because a buffer was full. There should be none, because this is not a requested fault.</param>
/// <param name="IcePapPassed">Forwarded datagrams to the port of the IcePAP protocol; null if the link cannot count them.</param>
internal sealed record LinkCounters(long Frames, long Lost, long Duplicated, long Overtaken, long Overrun, long? IcePapPassed);
