using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;
using PSLabNet.Text;

namespace PSLabNet.Fuzz.Targets;

/// <summary>
/// Text that users type: MAC addresses, IPv4 addresses, hostnames, packets in hexadecimal. A value that was read can be
/// written and read again.
/// </summary>
internal sealed class AddressTarget : FuzzTarget
{
    private static readonly SearchValues<char> NearHex = SearchValues.Create("0123456789abcdefABCDEF :-,;xX\\\t\r\n\0");

    private readonly TextMutator mutator = new(Tokens.Addresses) { Longest = 512, LongWordOnceIn = 100_000 };

    public override string Name => "address";

    public override int Share => 800;

    public override long AllocationConstant => 16 * 1024;

    public override long AllocationPerByte => 200;

    public override int LongestSeed => 128;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[] { "00:0c:c6:69:13:2d", "00-0C-C6-69-13-2D", "000c.c669.132d", "000CC669132D", " 00:0c:c6:69:13:2d ", "172.24.155.222", "255.255.255.0", "iceeu4", "a-b-c", "0x78 0x45,\\xc4;f7:8f-48 00" }.Select(Encoding.UTF8.GetBytes),
        .. Resources.IcePap.Select(packet => Encoding.ASCII.GetBytes(Convert.ToHexString(packet))),
    ];

    public override byte[] Mutate(FuzzRandom random, SeedPool pool) => mutator.Mutate(random, pool);

    public override void Run(byte[] input, Outcome outcome)
    {
        string text = LooseText.Decode(input);
        bool isMac = MacAddress.TryParse(text, out MacAddress mac);
        if (isMac)
        {
            CheckMac(mac, text);
        }

        bool isAddress = IPv4.TryParse(text, out IPAddress address);
        if (isAddress)
        {
            FuzzViolation.Demand(address.ToString() == text.Trim(), "an IPv4 address that is written reads as another");
        }

        bool isName = IcePapHostname.IsValid(text);
        if (isName)
        {
            FuzzViolation.Demand(new IcePapConfiguration { Hostname = text }.Hostname == text, "a hostname that is written reads as another");
        }

        bool isHex = CheckHex(text, input.Length % 8 == 0);
        outcome.IsValid = isMac || isAddress || isName || isHex;
        outcome.AddFlag(isMac);
        outcome.AddFlag(isAddress);
        outcome.AddFlag(isName);
        outcome.AddFlag(isHex);
        outcome.AddSize(text.Length);
    }

    private static void CheckMac(MacAddress mac, string text)
    {
        FuzzViolation.Demand(MacAddress.Parse(text) == mac, "Parse is not TryParse");
        foreach (string format in new[] { "G", "-", ".", "N" })
        {
            FuzzViolation.Demand(MacAddress.TryParse(mac.ToString(format, null), out MacAddress again) && again == mac, "a MAC address that is written reads as another");
        }

        string digits = string.Concat(text.Where(char.IsAsciiHexDigit));
        FuzzViolation.Demand(digits.Equals(mac.ToString("N", null), StringComparison.OrdinalIgnoreCase), "a MAC address has other digits than its text");
    }

    // An exception costs more than everything else, so text that cannot be hexadecimal is tried only sometimes.
    private static bool CheckHex(string text, bool always)
    {
        if (!always && text.AsSpan().ContainsAnyExcept(NearHex))
        {
            return false;
        }

        byte[] bytes;
        try
        {
            bytes = HexText.Parse(text);
        }
        catch (FormatException exception)
        {
            Printable.Check(exception.Message, "the message of HexText.Parse");
            return false;
        }

        string digits = string.Concat(text.Replace("0x", " ", StringComparison.Ordinal).Replace("0X", " ", StringComparison.Ordinal).Where(char.IsAsciiHexDigit));
        FuzzViolation.Demand(digits.Equals(Convert.ToHexString(bytes), StringComparison.OrdinalIgnoreCase), "bytes are not the digits of their text");
        return bytes.Length > 0;
    }
}
