using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.IO.Compression;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// Unpacks a log that log rotation has compressed with gzip (RFC 1952). The first bytes of the file identify it, not its
/// name. A damaged file fails like any unreadable file, with an <see cref="IOException"/>.
/// </summary>
[SuppressMessage("Performance", "CA1844", Justification = ".NET Standard has no ReadAsync of memory, and LineBytes calls the one of arrays.")]
internal sealed class CompressedLog : ReadOnlyStream
{
    private const int FirstByte = 0x1F;
    private const int SecondByte = 0x8B;
    private const int Deflate = 8; // The one method of compression that exists.

    private readonly GZipStream unpacked;

    private CompressedLog(Stream packed) => unpacked = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);

    /// <summary>True if a seekable stream is compressed from its position on. The position does not change.</summary>
    public static bool Is(Stream stream)
    {
        long position = stream.Position;
        bool isCompressed = stream.ReadByte() == FirstByte && stream.ReadByte() == SecondByte && stream.ReadByte() == Deflate;
        stream.Position = position;
        return isCompressed;
    }

    /// <summary>Unpacks the text of a seekable stream; null if it is not compressed. Disposing of the result leaves the stream open.</summary>
    public static CompressedLog? Unpack(Stream stream) => Is(stream) ? new CompressedLog(stream) : null;

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return unpacked.Read(buffer, offset, count);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception);
        }
    }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            return await unpacked.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private static IOException Damaged(InvalidDataException exception) => new("The compressed log is damaged.", exception);
}
