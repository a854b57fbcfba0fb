using System.Collections.Generic;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>Text of the old generation: more messages follow while more text is announced than one holds.</summary>
internal static class LegacyText
{
    public static async Task<string> ReadAsync(FlexLmConnection connection, FlexLmMessage first)
    {
        var bytes = new List<byte>();
        FlexLmMessage message = first;
        while (LegacyTextReply.Decode(message.Old!, bytes) > 0)
        {
            message = await connection.ReadAsync().ConfigureAwait(false);
            if (!message.Is(LegacyKind.Text))
            {
                throw Exchange.Unexpected(message, "read text");
            }
        }

        byte[] all = [.. bytes];
        return Utf8OrLatin1.Decode(all, 0, all.Length).TrimEnd('\0');
    }
}
