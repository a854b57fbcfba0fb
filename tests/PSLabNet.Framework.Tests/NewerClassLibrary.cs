using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Tests;

/// <summary>Members of the newer class library that the tests call and the package Polyfill does not contain.</summary>
internal static class NewerClassLibrary
{
    extension(DateTimeOffset)
    {
        public static DateTimeOffset UnixEpoch => DateTimeOffset.FromUnixTimeSeconds(0);
    }

    public static string Replace(this string text, string old, string replacement, StringComparison comparison) =>
        comparison == StringComparison.Ordinal ? text.Replace(old, replacement) : throw new NotSupportedException();

    public static void Append(this StringBuilder builder, IFormatProvider culture, FormattableString text) => builder.Append(text.ToString(culture));

    public static IEnumerable<T> Select<T>(this MatchCollection matches, Func<Match, T> selector) => matches.Cast<Match>().Select(selector);

    /// <summary>Polls: a receive that was started could not be cancelled, and would consume the next datagram.</summary>
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
