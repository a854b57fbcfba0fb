using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Tests;

[Flags]
internal enum UnixFileMode
{
    UserExecute = 64,
    UserWrite = 128,
    UserRead = 256,
}

/// <summary>The members of the newer class library that the tests call, under the same names. The libraries under test do without.</summary>
internal static class NewerClassLibrary
{
    private static readonly Random SharedRandom = new();

    extension(Convert)
    {
        public static byte[] FromHexString(string text) =>
            [.. Enumerable.Range(0, text.Length / 2).Select(index => byte.Parse(text.Substring(2 * index, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];

        public static string ToHexString(byte[] bytes) => string.Concat(bytes.Select(value => value.ToString("X2", CultureInfo.InvariantCulture)));
    }

    extension(OperatingSystem)
    {
        public static bool IsLinux() => RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

        public static bool IsWindows() => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
    }

    extension(Environment)
    {
        public static int ProcessId
        {
            get
            {
                using var process = Process.GetCurrentProcess();
                return process.Id;
            }
        }
    }

    extension(Encoding encoding)
    {
        public static Encoding Latin1 => Encoding.GetEncoding(28591);

        public byte[] Preamble => encoding.GetPreamble();
    }

    extension(DateTimeOffset)
    {
        public static DateTimeOffset UnixEpoch => DateTimeOffset.FromUnixTimeSeconds(0);
    }

    extension(Enum)
    {
        public static T[] GetValues<T>()
            where T : struct, Enum => (T[])Enum.GetValues(typeof(T));
    }

    extension(Random)
    {
        public static Random Shared => SharedRandom;
    }

    extension(RandomNumberGenerator)
    {
        public static byte[] GetBytes(int count)
        {
            using var generator = RandomNumberGenerator.Create();
            var bytes = new byte[count];
            generator.GetBytes(bytes);
            return bytes;
        }
    }

    extension(SHA256)
    {
        public static byte[] HashData(byte[] bytes)
        {
            using var hash = SHA256.Create();
            return hash.ComputeHash(bytes);
        }
    }

    extension(Stopwatch)
    {
        public static TimeSpan GetElapsedTime(long started) => TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - started) / (double)Stopwatch.Frequency);
    }

    extension(ValueTask)
    {
        public static ValueTask CompletedTask => default;
    }

    extension(Directory)
    {
        public static DirectoryInfo CreateTempSubdirectory(string prefix) => Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), prefix + Path.GetRandomFileName()));
    }

    extension(File)
    {
        public static void SetUnixFileMode(string path, UnixFileMode mode)
        {
            using var chmod = Process.Start("chmod", $"{Convert.ToString((int)mode, 8)} \"{path}\"");
            chmod.WaitForExit();
        }
    }

    extension(string text)
    {
        public static string Join(char separator, IEnumerable<string> parts) => string.Join(separator.ToString(), parts);

        public string ReplaceLineEndings(string ending) => Regex.Replace(text, "\r\n|\r|\n", ending);

        public bool Contains(char value, StringComparison comparison) => text.IndexOf(value.ToString(), comparison) >= 0;

        public string Replace(string old, string replacement, StringComparison comparison) =>
            comparison == StringComparison.Ordinal ? text.Replace(old, replacement) : throw new NotSupportedException();
    }

    public static void Append(this StringBuilder builder, IFormatProvider culture, FormattableString text) => builder.Append(text.ToString(culture));

    public static int IndexOfAnyExcept(this ReadOnlySpan<char> text, char value)
    {
        int index = 0;
        while (index < text.Length && text[index] == value)
            index++;
        return index < text.Length ? index : -1;
    }

    public static IOrderedEnumerable<T> Order<T>(this IEnumerable<T> items) => items.OrderBy(item => item);

    public static IOrderedEnumerable<T> Order<T>(this IEnumerable<T> items, IComparer<T> comparer) => items.OrderBy(item => item, comparer);

    public static IEnumerable<(TFirst First, TSecond Second)> Zip<TFirst, TSecond>(this IEnumerable<TFirst> first, IEnumerable<TSecond> second) =>
        first.Zip(second, (left, right) => (left, right));

    public static IEnumerable<T[]> Chunk<T>(this IEnumerable<T> items, int size) =>
        items.Select((item, index) => (item, index)).GroupBy(pair => pair.index / size, pair => pair.item).Select(group => group.ToArray());

    public static IEnumerable<T> Select<T>(this MatchCollection matches, Func<Match, T> selector) => matches.Cast<Match>().Select(selector);

    public static Task CancelAsync(this CancellationTokenSource source) => Task.Run(source.Cancel);

    public static async Task WaitAsync(this Task task, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (await Task.WhenAny(task, Task.Delay(timeout, waiting.Token)) != task)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException();
        }

        waiting.Cancel();
        await task;
    }

    public static async Task<T> WaitAsync<T>(this Task<T> task, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await ((Task)task).WaitAsync(timeout, cancellationToken);
        return await task;
    }

    public static Task<int> ReadAsync(this Stream stream, byte[] buffer) => stream.ReadAsync(buffer, 0, buffer.Length);

    public static Task WriteAsync(this Stream stream, byte[] bytes) => stream.WriteAsync(bytes, 0, bytes.Length);

    public static void Write(this Stream stream, byte[] bytes) => stream.Write(bytes, 0, bytes.Length);

    /// <summary>Polls the socket, because a pending receive can't be cancelled and would take the next datagram.</summary>
    public static async Task<int> ReceiveAsync(this Socket socket, Memory<byte> buffer, SocketFlags flags, CancellationToken cancellationToken)
    {
        while (!socket.Poll(0, SelectMode.SelectRead))
            await Task.Delay(1, cancellationToken);
        byte[] bytes = new byte[buffer.Length];
        int length = socket.Receive(bytes, flags);
        bytes.AsMemory(0, length).CopyTo(buffer);
        return length;
    }
}
