using System;
using System.Management.Automation;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;
using PSLabNet.Text;

namespace PSLabNet.Commands.IcePap;

/// <summary>ConvertFrom-IcePapPacket: decodes a captured datagram.</summary>
[Cmdlet(VerbsData.ConvertFrom, "IcePapPacket", DefaultParameterSetName = HexSet)]
[OutputType(typeof(IcePapPacket))]
public sealed class ConvertFromIcePapPacketCommand : LabCmdlet
{
    private const string HexSet = "Hex";
    private const string BytesSet = "Bytes";

    /// <summary>The bytes of one datagram. Of traffic that comes back from a CSV file, they are hexadecimal text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BytesSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Raw")]
    [AllowEmptyCollection]
    [PacketBytes]
    public byte[] Bytes { get; set; } = [];

    /// <summary>The bytes in hexadecimal; white space, 0x, \x, colons, hyphens and commas between them are skipped.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = HexSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
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
            Convert(() => HexText.Parse(hex), hex);
        }
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
