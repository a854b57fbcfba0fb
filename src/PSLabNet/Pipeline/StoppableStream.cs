using System;
using System.IO;
using System.Threading;

namespace PSLabNet.Pipeline;

/// <summary>
/// A file that stops reading when the pipeline is stopped, even in the middle of gigabytes without a match, and reports each
/// read from it.
/// </summary>
internal sealed class StoppableStream(FileStream file, Action wasRead, CancellationToken stopping) : Stream
{
    public StoppableStream(string path, Action wasRead, CancellationToken stopping)
        : this(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan), wasRead, stopping)
    {
    }

    public override bool CanRead => true;

    /// <summary>The progress of reading; the size of a pipe is unknown.</summary>
    public WorkProgress Progress(TimeSpan elapsed) => !file.CanSeek ? new WorkProgress(Path.GetFileName(file.Name), 0, null) : WorkProgress.OfParts(Path.GetFileName(file.Name), file.Position, file.Length, elapsed);

    public override bool CanSeek => file.CanSeek;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position { get => file.Position; set => file.Position = value; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        stopping.ThrowIfCancellationRequested();
        int read = file.Read(buffer, offset, count);
        wasRead();
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush() => file.Flush();

    public override void SetLength(long value) => file.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => file.Write(buffer, offset, count);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
