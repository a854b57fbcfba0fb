using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm.Query.Connecting;

/// <content>Sends requests and reads their answers, on a new connection if lmgrd closed the old one or text on it is unread.</content>
internal sealed partial class ManagerClient
{
    private async Task<ReceivedText> CommandAsync(string command)
    {
        string action = ActionOf(command);
        if (fetched.TryGetValue(command, out FlexLmMessage? reply))
        {
            fetched.Remove(command);
        }
        else
        {
            reply = await AskAsync(Encode(command), action).ConfigureAwait(false);
        }

        Exchange.ThrowIfError(reply, action);
        var text = new ReceivedText(session.Text.MostBytes);
        return await AddTextAsync(text, reply).ConfigureAwait(false) ? text : throw Exchange.Unexpected(reply, action);
    }

    // The reference implementation makes a new connection after the first hello, so a manager may well close the first one,
    // or each one after an answer. One that closes instead of answering is asked once more, on a new connection.
    private async Task<FlexLmMessage> AskAsync(byte[] request, string action)
    {
        if (hasUnreadText)
        {
            session.Options.Log.Verbose($"{Remote} sends more text than is read; it is asked again on a new connection.");
            await ReconnectAsync().ConfigureAwait(false);
            return await SendAndReadAsync(request, action).ConfigureAwait(false);
        }

        try
        {
            return await SendAndReadAsync(request, action).ConfigureAwait(false);
        }
        catch (SocketException exception) when (
            exception.SocketErrorCode is SocketError.Disconnecting or SocketError.ConnectionReset or SocketError.Shutdown
            && !session.Token.IsCancellationRequested)
        {
            session.Options.Log.Verbose($"{Remote} closed the connection; it is asked again on a new one.");
        }

        await ReconnectAsync().ConfigureAwait(false);
        return await SendAndReadAsync(request, action).ConfigureAwait(false);
    }

    private async Task ReconnectAsync()
    {
        connection.Dispose();
        connection = await FlexLmConnection.OpenAsync(Remote, session.Connections, session.Token).ConfigureAwait(false);
        hasUnreadText = false;
        isEndAsked = false;
        await Exchange.HelloAsync(connection, session, string.Empty).ConfigureAwait(false);
    }

    private async Task<FlexLmMessage> SendAndReadAsync(byte[] request, string action)
    {
        await connection.SendAsync(request, action).ConfigureAwait(false);
        return await connection.ReadAsync().ConfigureAwait(false);
    }

    // True if the message is text, of either generation.
    private async Task<bool> AddTextAsync(ReceivedText text, FlexLmMessage message)
    {
        if (message.Is(FrameType.Text))
        {
            TextReply reply = text.Add(message);
            hasUnreadText = text.IsTooLong;
            session.Options.Log.Verbose($"{Remote} sends text: {reply.Reading ?? "no reading of the length fits"}.");
            return true;
        }

        if (!message.Is(LegacyKind.Text))
        {
            return false;
        }

        text.Add(await LegacyText.ReadAsync(connection, message, session.Text.MostBytes).ConfigureAwait(false));
        hasUnreadText = text.IsTooLong;
        return true;
    }
}
