using System;

namespace PSLabNet.Link.Discovery;

/// <summary>The result of one search.</summary>
/// <param name="Number">Number of the run; the seed of the link is computed from it and the seed of the measurement.</param>
/// <param name="Missed">Number of devices that were not found.</param>
/// <param name="Duration">Duration of the search.</param>
/// <param name="Questions">Number of requests that were sent.</param>
/// <param name="Answers">Number of answers that reached the client.</param>
/// <param name="ToDevices">Frames to the devices, and how many of them were lost.</param>
/// <param name="ToClient">Frames to the client, and how many of them were lost.</param>
internal sealed record DiscoveryRun(int Number, int Missed, TimeSpan Duration, int Questions, int Answers, FrameTally ToDevices, FrameTally ToClient);

/// <summary>Number of frames that were sent, that were lost on purpose, and that were lost because a buffer was full.</summary>
internal readonly record struct FrameTally(long Frames, long Lost, long Overrun);
