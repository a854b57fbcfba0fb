namespace PSLabNet.Link.Faults;

/// <summary>What a link has done with the frames of one direction.</summary>
/// <param name="Frames">Frames that came.</param>
/// <param name="Lost">Those of them that were lost on purpose.</param>
/// <param name="Duplicated">Those that were sent on twice.</param>
/// <param name="Overtaken">Those that were held back until others had passed.</param>
/// <param name="Overrun">Frames that the link had no room for: there should be none, since nobody wished for it.</param>
/// <param name="IcePapPassed">Datagrams to the port of the IcePAP protocol that were sent on; null where the link can't tell.</param>
internal sealed record LinkCounters(long Frames, long Lost, long Duplicated, long Overtaken, long Overrun, long? IcePapPassed);
