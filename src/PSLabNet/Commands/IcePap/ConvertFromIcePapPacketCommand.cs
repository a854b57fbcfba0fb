using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using PSLabNet.IcePap;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands;

/// <summary>ConvertFrom-IcePapPacket: decodes a captured datagram.</summary>
[Cmdlet(VerbsData.ConvertFrom, "IcePapPacket", DefaultParameterSetName = HexSet)]
[OutputType(typeof(IcePapPacket))]
public sealed class ConvertFromIcePapPacketCommand : LabCmdlet
{
    private const string HexSet = "Hex";
    private const string BytesSet = "Bytes";

    /// <summary>The bytes of one datagram.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BytesSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Raw")]
    [AllowEmptyCollection]
    public byte[] Bytes { get; set; } = [];

    /// <summary>The bytes in hexadecimal; white space, 0x, \x, colons, hyphens and commas between them are passed over.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = HexSet, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] Hex { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == BytesSet)
        {
            Convert(() => Bytes, Bytes);
            return;
        }

        foreach (string hex in Hex)
        {
            Convert(() => ParseHex(hex), hex);
        }
    }

    private static byte[] ParseHex(string hex)
    {
        string digits = new StringBuilder(hex).Replace("0x", " ").Replace("0X", " ").Replace("\\x", " ").ToString();
        var bytes = new List<byte>(digits.Length / 2);
        for (int at = 0; at < digits.Length; at++)
        {
            if (char.IsWhiteSpace(digits[at]) || digits[at] is ':' or '-' or ',' or ';')
            {
                continue;
            }

            if (at + 1 == digits.Length || !byte.TryParse(digits.Substring(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                throw new FormatException($"'{Wire.PrintableText.Escape(hex)}' is not made of bytes of two hexadecimal digits each.");
            }

            bytes.Add(value);
            at++;
        }

        return [.. bytes];
    }

    private void Convert(Func<byte[]> read, object target)
    {
        try
        {
            WriteObject(IcePapPacketCodec.Decode(read()));
        }
        catch (FormatException e)
        {
            WriteFailure(e, target);
        }
    }
}
