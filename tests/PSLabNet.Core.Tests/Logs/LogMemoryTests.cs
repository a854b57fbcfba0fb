using System;
using System.Globalization;
using System.IO;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Logs;
using Xunit;

namespace PSLabNet.Tests.Logs;

/// <summary>Tests that measure the whole process. They cannot run beside other tests.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class LogMemoryTests
{
    [Fact]
    public void Memory_does_not_grow_with_the_log()
    {
        const int Lines = 300_000;
        var line = Encoding.ASCII.GetBytes("10:01:22 (MLM) OUT: \"MATLAB\" alice@ws1  \n");
        using var stream = new RepeatedStream(line, Lines);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long count = 0;
        long most = 0;
        foreach (FlexLmLogEvent item in FlexLmLogReader.Read(stream, new FlexLmLogOptions { TimeZone = Corpus.Zone }))
        {
            if (++count % 100_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                GC.KeepAlive(item);
            }
        }

        Assert.Equal(Lines, count);
        Assert.True(most < 4_000_000, most.ToString(CultureInfo.InvariantCulture));
    }

    private sealed class RepeatedStream(byte[] part, int times) : Stream
    {
        private long position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => (long)part.Length * times;

        public override long Position { get => position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = 0;
            while (read < count && position < Length)
            {
                buffer[offset + read++] = part[position++ % part.Length];
            }

            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
