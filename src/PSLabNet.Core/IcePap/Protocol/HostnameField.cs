using System;
using PSLabNet.Bytes;
using PSLabNet.Text;

namespace PSLabNet.IcePap.Protocol;

/// <summary>
/// The 24 bytes of a configuration that hold the hostname, unchanged. Bytes after the first NUL are not part of the
/// name. They are kept, so a packet encodes to exactly the bytes that it was decoded from.
/// </summary>
internal readonly record struct HostnameField
{
    private readonly ulong first;
    private readonly ulong second;
    private readonly ulong third;

    private HostnameField(byte[] bytes, int offset)
    {
        first = ByteOrder.ReadUInt64Big(bytes, offset);
        second = ByteOrder.ReadUInt64Big(bytes, offset + 8);
        third = ByteOrder.ReadUInt64Big(bytes, offset + 16);
    }

    /// <summary>Whether all bytes after the first NUL are NUL.</summary>
    public bool IsPadded => this == Padded;

    /// <summary>The name, padded with NUL.</summary>
    public HostnameField Padded
    {
        get
        {
            var bytes = new byte[IcePapProtocol.MaxHostnameLength];
            CopyTo(bytes, 0);
            int end = Array.IndexOf(bytes, (byte)0);
            if (end >= 0)
            {
                Array.Clear(bytes, end, bytes.Length - end);
            }

            return new HostnameField(bytes, 0);
        }
    }

    public static HostnameField ReadFrom(byte[] bytes, int offset) => new(bytes, offset);

    /// <summary>The field for a name.</summary>
    /// <exception cref="ArgumentException">The name is longer than the field or not ASCII.</exception>
    public static HostnameField FromName(string name)
    {
        if (name.Length > IcePapProtocol.MaxHostnameLength)
        {
            throw new ArgumentException($"A hostname has at most {IcePapProtocol.MaxHostnameLength} characters.", nameof(name));
        }

        var bytes = new byte[IcePapProtocol.MaxHostnameLength];
        for (int at = 0; at < name.Length; at++)
        {
            bytes[at] = name[at] is > '\0' and < (char)0x80
                ? (byte)name[at]
                : throw new ArgumentException("A hostname is ASCII.", nameof(name));
        }

        return new HostnameField(bytes, 0);
    }

    public void CopyTo(byte[] bytes, int offset)
    {
        ByteOrder.WriteUInt64Big(bytes, offset, first);
        ByteOrder.WriteUInt64Big(bytes, offset + 8, second);
        ByteOrder.WriteUInt64Big(bytes, offset + 16, third);
    }

    /// <summary>The name up to the first NUL. Each byte becomes its Latin-1 character; characters that are not printable are escaped.</summary>
    public override string ToString()
    {
        var bytes = new byte[IcePapProtocol.MaxHostnameLength];
        CopyTo(bytes, 0);
        var characters = new char[bytes.Length];
        int length = 0;
        while (length < bytes.Length && bytes[length] != 0)
        {
            characters[length] = (char)bytes[length];
            length++;
        }

        return PrintableText.Escape(new string(characters, 0, length));
    }
}
