using System.Collections.Generic;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>Text of the old generation: more messages follow while more text is announced than one holds.</summary>
/// <param name="Content">The bytes of the text, without NULs at the end.</param>
/// <param name="Seams">Where messages are joined of which the second does not go on where the first ended.</param>
internal sealed record LegacyText(byte[] Content, IReadOnlyList<int> Seams)
{
    public static async Task<LegacyText> ReadAsync(FlexLmConnection connection, FlexLmMessage first)
    {
        var bytes = new List<byte>();
        var seams = new List<int>();
        FlexLmMessage message = first;
        for (int left = LegacyTextReply.Decode(message.Old!, bytes); left > 0; left = LegacyTextReply.Decode(message.Old!, bytes))
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

        return new LegacyText(TextReply.WithoutNuls([.. bytes]), seams);
    }
}
