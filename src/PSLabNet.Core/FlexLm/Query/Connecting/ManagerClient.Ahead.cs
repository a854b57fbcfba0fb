using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm.Query.Connecting;

/// <content>Several requests in one flight, to a manager at the end of a slow line.</content>
internal sealed partial class ManagerClient
{
    private const string FindEnd = "find the end of the license file";

    // Answers that have come and that nobody has asked for yet, by command.
    private readonly Dictionary<string, FlexLmMessage> fetched = [];

    // True if a hello was sent after the request for the license file, so that its answer shows the end of the text.
    private bool isEndAsked;

    /// <summary>True if requests may be sent before earlier ones are answered.</summary>
    public bool TakesAhead =>
        session.Options.Window > 1
        && Hello.Generation == FlexLmGeneration.New
        && ResponseTime >= session.Options.Distant
        && (session.Options.Known.FindWindow(Remote, string.Empty) ?? QueryLimits.FirstWindow) > 1;

    /// <summary>
    /// Sends several commands at once, if the manager is far away and takes them. Their answers are kept for those who ask.
    /// What goes wrong is not reported here: it is asked again, one at a time.
    /// </summary>
    /// <param name="commands">The commands. That for the license file is the last one, since more text may follow its answer.</param>
    public async Task FetchAsync(IReadOnlyList<string> commands)
    {
        if (!TakesAhead)
        {
            return;
        }

        var answers = new List<ManagerAnswer>();
        string? trouble = null;
        try
        {
            await connection.SendAsync([.. commands.Select(command => new OutgoingMessage(Encode(command), ActionOf(command)))]).ConfigureAwait(false);
            while (trouble is null && answers.Count < commands.Count)
            {
                // What makes the first answer late is not that others were sent with it.
                FlexLmMessage? reply = answers.Count == 0
                    ? await connection.ReadAsync().ConfigureAwait(false)
                    : await connection.ReadAsync(session.WaitFor(QueryLimits.LostCommand, ResponseTime)).ConfigureAwait(false);
                if (reply is null)
                {
                    trouble = $"{commands.Count - answers.Count} requests got no answer";
                }
                else
                {
                    answers.Add(new ManagerAnswer(commands[answers.Count], reply));
                }
            }

            trouble = ManagerText.FindTrouble(answers) ?? trouble;
        }
        catch (Exception exception) when (IsFaultOfFlight(exception))
        {
            trouble = Describe(exception);
        }

        foreach (ManagerAnswer answer in answers.Where(answer => trouble is null || ManagerText.IsCertain(answer.Command, answer.Reply)))
        {
            fetched[answer.Command] = answer.Reply;
        }

        if (trouble is not null)
        {
            await GoOnOneAtATimeAsync(trouble).ConfigureAwait(false);
        }
    }

    /// <summary>Asks for the license file, and for a hello whose answer shows the end of it.</summary>
    public async Task FetchLicenseAndEndAsync()
    {
        if (!TakesAhead)
        {
            return;
        }

        try
        {
            await connection.SendAsync(
            [
                new OutgoingMessage(Encode(ManagerCommand.LicenseFile), ActionOf(ManagerCommand.LicenseFile)),
                new OutgoingMessage(EncodeHello(), FindEnd),
            ]).ConfigureAwait(false);
            FlexLmMessage reply = await connection.ReadAsync().ConfigureAwait(false);
            if (reply.Is(FrameType.Text) || reply.Is(LegacyKind.Error))
            {
                fetched[ManagerCommand.LicenseFile] = reply;
                isEndAsked = true;
                return;
            }

            await GoOnOneAtATimeAsync("it answers with a message of another type").ConfigureAwait(false);
        }
        catch (Exception exception) when (IsFaultOfFlight(exception))
        {
            await GoOnOneAtATimeAsync(Describe(exception)).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Reads the rest of the license file after its first frame, when no look-up of a vendor daemon follows. It says hello
    /// again, because the answer to a hello can't be taken for text.
    /// </summary>
    public async Task CompleteLicenseAsync()
    {
        if (hasUnreadText || (isEndAsked && await ReadEndAsync(session.WaitFor(QueryLimits.LostCommand, ResponseTime)).ConfigureAwait(false)))
        {
            return;
        }

        await connection.SendAsync(EncodeHello(), FindEnd).ConfigureAwait(false);
        if (!await ReadEndAsync(session.Limit(session.NeededAnswer())).ConfigureAwait(false))
        {
            License?.CutOff();
        }
    }

    // Returns false if the manager was silent for as long as the limit.
    private async Task<bool> ReadEndAsync(TimeSpan limit)
    {
        while (await connection.ReadAsync(limit).ConfigureAwait(false) is { } reply)
        {
            if (reply.Is(FrameType.Hello) || (reply.Old is not null && !reply.Is(LegacyKind.Text)))
            {
                License?.End();
                return true;
            }

            if (License is null || !await AddTextAsync(License, reply).ConfigureAwait(false))
            {
                throw Exchange.Unexpected(reply, FindEnd);
            }

            if (hasUnreadText)
            {
                return true;
            }
        }

        return false;
    }

    private async Task GoOnOneAtATimeAsync(string trouble)
    {
        session.Options.Log.Verbose($"{Remote} can't take requests ahead: {trouble}. It is asked one at a time, on a new connection.");
        session.Options.Known.Note(Remote, string.Empty, 1);
        await ReconnectAsync().ConfigureAwait(false);
    }

    // What may come from requests that were sent ahead.
    private bool IsFaultOfFlight(Exception exception) =>
        exception is SocketException or FlexLmProtocolException && !session.Token.IsCancellationRequested;

    private static string Describe(Exception exception) =>
        exception is SocketException socket ? $"it closed the connection ({socket.SocketErrorCode})" : exception.Message;

    // What a command does, for errors and the log.
    private static string ActionOf(string command) => command switch
    {
        ManagerCommand.Paths => "ask for the path of the license file",
        ManagerCommand.Daemons => "ask for the vendor daemons",
        _ => "ask for the license file",
    };

    private byte[] Encode(string command) => new ManagerCommand(session.Options.Identity, Hello.Daemon, command).Encode(session.UnixTime);

    private byte[] EncodeHello() => new HelloRequest(session.Options.Identity, string.Empty).Encode();
}
