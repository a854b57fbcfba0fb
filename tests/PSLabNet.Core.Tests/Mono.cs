using System;

namespace PSLabNet.Tests;

/// <summary>The suite also runs on the class library of .NET Framework, or on Mono's in its place. Some gaps of Mono do not matter here.</summary>
internal static class Mono
{
    public static bool IsRunning { get; } = Type.GetType("Mono.Runtime") is not null;
}
