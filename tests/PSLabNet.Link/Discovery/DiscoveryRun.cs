using System;

namespace PSLabNet.Link.Discovery;

/// <summary>What one search has come to.</summary>
/// <param name="Number">Number of the run; with the seed of the measurement it gives the seed of the link.</param>
/// <param name="Missed">Devices that were not found.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Questions">Questions that were sent.</param>
/// <param name="Answers">Answers that reached the client.</param>
/// <param name="ToDevices">Frames to the devices, and how many of them were lost.</param>
/// <param name="ToClient">Frames to the client, and how many of them were lost.</param>
internal sealed record DiscoveryRun(int Number, int Missed, TimeSpan Duration, int Questions, int Answers, FrameTally ToDevices, FrameTally ToClient);

/// <summary>Frames that were sent, and those of them that were lost on purpose or for want of room.</summary>
internal readonly record struct FrameTally(long Frames, long Lost, long Overrun);
