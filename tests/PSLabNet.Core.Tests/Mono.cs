using System;

namespace PSLabNet.Tests;

/// <summary>The suite also runs on the .NET Framework class library, where that is not at hand on Mono's; some of Mono's own gaps are no concern of ours.</summary>
internal static class Mono
{
    public static bool IsRunning { get; } = Type.GetType("Mono.Runtime") is not null;
}
