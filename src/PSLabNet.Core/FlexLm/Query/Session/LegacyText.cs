using System.Collections.Generic;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>Text of the old generation: more messages follow while more text is announced than one holds.</summary>
/// <param name="Content">The bytes of the text, without NULs at the end.</param>
/// <param name="Seams">Where messages are joined of which the second does not continue where the first ended.</param>
/// <param name="IsTooLong">True if the text is longer than what is taken. The rest of it comes next on the connection, which is of no more use.</param>
internal sealed record LegacyText(byte[] Content, IReadOnlyList<int> Seams, bool IsTooLong)
{
    /// <summary>Reads the messages of a text.</summary>
    /// <param name="connection">Where the next messages come from.</param>
    /// <param name="first">The first message.</param>
    /// <param name="most">Bytes that are taken.</param>
    public static async Task<LegacyText> ReadAsync(FlexLmConnection connection, FlexLmMessage first, int most)
    {
        var bytes = new List<byte>();
        var seams = new List<int>();
        FlexLmMessage message = first;
        int left;
        for (left = LegacyTextReply.Decode(message.Old!, bytes); left > 0 && bytes.Count <= most; left = LegacyTextReply.Decode(message.Old!, bytes))
        {
            message = await connection.ReadAsync().ConfigureAwait(false);
            if (!message.Is(LegacyKind.Text))
            {
                throw Exchange.Unexpected(message, "read text");
            }

            if (LegacyTextReply.ReadRemaining(message.Old!) != left)
            {
                seams.Add(bytes.Count);
            }
        }

        return new LegacyText(TextReply.WithoutNuls([.. bytes]), seams, IsTooLong: left > 0);
    }
}
