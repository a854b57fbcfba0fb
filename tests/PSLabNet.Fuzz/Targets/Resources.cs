using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;

namespace PSLabNet.Fuzz.Targets;

/// <summary>The valid inputs in files: the published vectors, and the corpus of texts.</summary>
internal static class Resources
{
    private static readonly Assembly Here = typeof(Resources).Assembly;

    /// <summary>Datagrams of real controllers.</summary>
    public static IReadOnlyList<byte[]> IcePap { get; } =
        [.. Vectors().GetProperty("icepap").EnumerateArray().Select(vector => Convert.FromHexString(vector.GetProperty("hex").GetString()!))];

    /// <summary>Requests of the reference implementation, and the hello of a real client.</summary>
    public static IReadOnlyList<byte[]> FlexLm { get; } =
    [
        Convert.FromHexString(Vectors().GetProperty("flexlm").GetProperty("hello_captured").GetString()!),
        .. Vectors().GetProperty("flexlm").GetProperty("requests").EnumerateObject().Select(vector => Convert.FromHexString(vector.Value.GetString()!)),
    ];

    /// <summary>The files of a folder of the corpus, in order.</summary>
    public static IReadOnlyList<byte[]> Corpus(string folder) =>
        [.. Here.GetManifestResourceNames().Where(name => name.StartsWith($"corpus/{folder}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

    private static JsonElement Vectors() => JsonDocument.Parse(Read("vectors.json")).RootElement;

    private static byte[] Read(string name)
    {
        using Stream stream = Here.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
