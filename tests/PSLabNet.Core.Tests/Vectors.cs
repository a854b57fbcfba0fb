using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace PSLabNet.Tests;

/// <summary>The published vectors of both protocols, read from the file that is embedded in this assembly.</summary>
public static class Vectors
{
    private static readonly JsonDocument Document = Read();

    public static IReadOnlyList<JsonElement> IcePap { get; } = [.. Document.RootElement.GetProperty("icepap").EnumerateArray()];

    public static JsonElement FlexLm { get; } = Document.RootElement.GetProperty("flexlm");

    public static byte[] IcePapBytes(string name) =>
        Convert.FromHexString(IcePap.Single(vector => vector.GetProperty("name").GetString() == name).GetProperty("hex").GetString()!);

    public static byte[] FlexLmRequest(string name) =>
        Convert.FromHexString(FlexLm.GetProperty("requests").GetProperty(name).GetString()!);

    private static JsonDocument Read()
    {
        using Stream stream = typeof(Vectors).Assembly.GetManifestResourceStream("PSLabNet.Tests.vectors.json")!;
        return JsonDocument.Parse(stream);
    }
}
