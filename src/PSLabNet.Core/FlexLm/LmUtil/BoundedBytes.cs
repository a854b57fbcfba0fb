using System;
using System.IO;
using System.Threading.Tasks;

namespace PSLabNet.FlexLm.LmUtil;

/// <summary>How to handle bytes past the limit.</summary>
internal enum BytesPastEnd
{
    Drop,
    Fail,
}

/// <summary>Reads a stream up to a limit.</summary>
internal sealed class BoundedBytes : IDisposable
{
    private const int BlockSize = 32 * 1024;

    private readonly MemoryStream bytes = new();
    private readonly int limit;
    private readonly TaskCompletionSource<bool> overflow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BoundedBytes(int limit) => this.limit = limit;

    /// <summary>Completes when the stream exceeds the limit, if that is a failure.</summary>
    public Task Overflow => overflow.Task;

    public async Task ReadAsync(Stream stream, BytesPastEnd pastEnd)
    {
        var block = new byte[BlockSize];
        int read;
        while ((read = await stream.ReadAsync(block, 0, block.Length).ConfigureAwait(false)) > 0)
        {
            lock (bytes)
            {
                if (!bytes.CanWrite)
                {
                    return;
                }

                int room = Math.Min(read, limit - (int)bytes.Length);
                bytes.Write(block, 0, room);
                if (room < read && pastEnd == BytesPastEnd.Fail)
                {
                    overflow.TrySetResult(true);
                    return;
                }
            }
        }
    }

    public void Dispose() => bytes.Dispose();

    public byte[] ToArray()
    {
        lock (bytes)
        {
            return bytes.ToArray();
        }
    }
}
