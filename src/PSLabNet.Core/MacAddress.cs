using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PSLabNet.Bytes;
using PSLabNet.Text;

namespace PSLabNet;

/// <summary>
/// A MAC address (EUI-48). It reads <c>00:0c:c6:69:13:2d</c>, <c>00-0C-C6-69-13-2D</c>, <c>000c.c669.132d</c> and
/// <c>000cc669132d</c>, and prints the first form. The default value is 00:00:00:00:00:00.
/// </summary>
public readonly struct MacAddress : IEquatable<MacAddress>, IComparable<MacAddress>, IComparable, IFormattable
{
    /// <summary>Number of bytes of an address.</summary>
    public const int Size = 6;

    private const string Forms = "A MAC address is six bytes in hexadecimal, as 00:0c:c6:69:13:2d, 00-0C-C6-69-13-2D, 000c.c669.132d or 000cc669132d";

    private readonly ulong value;

    private MacAddress(ulong value) => this.value = value;

    /// <summary>Creates an address from six bytes, in the order in which they are sent and written.</summary>
    /// <param name="bytes">Six bytes.</param>
    /// <exception cref="ArgumentException">There are not six bytes.</exception>
    public MacAddress(byte[] bytes)
        : this(bytes is { Length: Size } ? Read(bytes, 0) : throw new ArgumentException("A MAC address has six bytes.", nameof(bytes)))
    {
    }

    /// <summary>The address as text, for JSON, which contains only properties.</summary>
    public string Address => ToString();

    /// <summary>Whether two addresses are the same.</summary>
    public static bool operator ==(MacAddress left, MacAddress right) => left.value == right.value;

    /// <summary>Whether two addresses differ.</summary>
    public static bool operator !=(MacAddress left, MacAddress right) => left.value != right.value;

    /// <summary>Whether the left address sorts before the right one.</summary>
    public static bool operator <(MacAddress left, MacAddress right) => left.value < right.value;

    /// <summary>Whether the left address sorts after the right one.</summary>
    public static bool operator >(MacAddress left, MacAddress right) => left.value > right.value;

    /// <summary>Whether the left address does not sort after the right one.</summary>
    public static bool operator <=(MacAddress left, MacAddress right) => left.value <= right.value;

    /// <summary>Whether the left address does not sort before the right one.</summary>
    public static bool operator >=(MacAddress left, MacAddress right) => left.value >= right.value;

    /// <summary>Reads one of the four written forms, in either case; white space around it is ignored.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The address.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException">The text is not a MAC address; the message shows the forms.</exception>
    public static MacAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        return TryParse(text, out MacAddress address)
            ? address
            : throw new FormatException($"{Forms}; '{PrintableText.Escape(text)}' is not.");
    }

    /// <summary>Reads one of the four written forms, in either case; white space around it is ignored.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address, or all zeros.</param>
    /// <returns>False if the text has none of the forms.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out MacAddress address)
    {
        address = default;
        text = text?.Trim();

        // Digits between separators: 2 for aa:bb, 4 for aabb.ccdd, none for twelve in a row.
        (char separator, int group) = text?.Length switch
        {
            17 when text[2] is ':' or '-' => (text[2], 2),
            14 when text[4] is '.' => ('.', 4),
            12 => ('\0', 12),
            _ => ('\0', 0),
        };
        if (group == 0)
        {
            return false;
        }

        ulong value = 0;
        int digits = 0;
        for (int at = 0; at < text!.Length; at++)
        {
            if (digits == group)
            {
                if (text[at] != separator)
                {
                    return false;
                }

                digits = 0;
                continue;
            }

            int digit = HexText.Digit(text[at]);
            if (digit < 0)
            {
                return false;
            }

            value = value << 4 | (uint)digit;
            digits++;
        }

        address = new MacAddress(value);
        return true;
    }

    /// <summary>The six bytes, in the order in which they are sent and written.</summary>
    /// <returns>A new array.</returns>
    public byte[] GetAddressBytes()
    {
        var bytes = new byte[Size];
        CopyTo(bytes, 0);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(MacAddress other) => value == other.value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MacAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => value.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(MacAddress other) => value.CompareTo(other.value);

    /// <summary>Compares with another address or its text, so that PowerShell's operators work with either.</summary>
    /// <param name="obj">A MacAddress, its text, or null.</param>
    /// <returns>Negative, zero or positive, as defined by <see cref="IComparable"/>.</returns>
    /// <exception cref="ArgumentException">The argument is not a MAC address.</exception>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        MacAddress other => CompareTo(other),
        string text when TryParse(text, out MacAddress other) => CompareTo(other),
        _ => throw new ArgumentException($"{obj} is not a MAC address.", nameof(obj)),
    };

    /// <summary>The address as <c>00:0c:c6:69:13:2d</c>.</summary>
    public override string ToString()
    {
        var text = new char[17];
        for (int index = 0; index < Size; index++)
        {
            int octet = (int)(value >> (40 - 8 * index)) & 0xFF;
            text[3 * index] = "0123456789abcdef"[octet >> 4];
            text[3 * index + 1] = "0123456789abcdef"[octet & 0xF];
            if (index < Size - 1)
            {
                text[3 * index + 2] = ':';
            }
        }

        return new string(text);
    }

    /// <summary>The address in a chosen form.</summary>
    /// <param name="format">Null, empty, <c>G</c> or <c>:</c> for 00:0c:…, <c>-</c> for 00-0C-…, <c>.</c> for 000c.c669.132d, <c>N</c> for twelve digits.</param>
    /// <param name="formatProvider">Not used: the form does not depend on the culture.</param>
    /// <exception cref="FormatException">The format is none of these.</exception>
    public string ToString(string? format, IFormatProvider? formatProvider) => format switch
    {
        null or "" or "G" or ":" => ToString(),
        "-" => ToString().Replace(':', '-').ToUpperInvariant(),
        "." => ToString("N", null).Insert(8, ".").Insert(4, "."),
        "N" => value.ToString("x12", CultureInfo.InvariantCulture),
        _ => throw new FormatException($"'{format}' is not a format of a MAC address. Use G, :, -, . or N."),
    };

    /// <summary>Reads six bytes of an array whose bounds the caller has checked.</summary>
    internal static MacAddress ReadFrom(byte[] bytes, int offset) => new(Read(bytes, offset));

    /// <summary>Writes six bytes into an array whose bounds the caller has checked.</summary>
    internal void CopyTo(byte[] bytes, int offset)
    {
        for (int index = 0; index < Size; index++)
        {
            bytes[offset + index] = unchecked((byte)(value >> (40 - 8 * index)));
        }
    }

    private static ulong Read(byte[] bytes, int offset) =>
        (ulong)ByteOrder.ReadUInt16Big(bytes, offset) << 32 | ByteOrder.ReadUInt32Big(bytes, offset + 2);
}
