using System;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>The exchanges that lmgrd and vendor daemons have in common.</summary>
internal static class Exchange
{
    /// <summary>Says hello, to lmgrd with an empty name or to a vendor daemon with its name.</summary>
    /// <remarks>
    /// <c>inside</c> is the manager's own hello, for a vendor daemon at lmgrd's own port: some managers hold one inside
    /// the lmgrd process, and lmgrd answers the hello with an address, its own.
    /// </remarks>
    /// <exception cref="FlexLmErrorException">The server answers with an error number.</exception>
    public static async Task<HelloReply> HelloAsync(FlexLmConnection connection, ServerSession session, string vendor, HelloReply? inside = null)
    {
        string action = vendor.Length == 0 ? "hello" : $"hello to {PrintableText.Escape(vendor)}";
        await connection.SendAsync(new HelloRequest(session.Options.Identity, vendor).Encode(), action).ConfigureAwait(false);
        FlexLmMessage reply = await connection.ReadAsync().ConfigureAwait(false);
        ThrowIfError(reply, action);
        if (reply.Is(FrameType.Hello))
        {
            HelloReply hello = HelloReply.Decode(reply.Frame!);

            // Half a name would lead to another host.
            return reply.IsCut ? hello with { HostName = string.Empty, Daemon = string.Empty } : hello;
        }

        if (reply.Is(LegacyKind.Ok))
        {
            return HelloReply.DecodeOk(reply.Old!);
        }

        if (inside is not null && reply.Is(FrameType.VendorAddress))
        {
            return inside;
        }

        return reply.Old is not null ? HelloReply.Ancient : throw Unexpected(reply, action);
    }

    /// <exception cref="FlexLmErrorException">The message is an error number.</exception>
    public static void ThrowIfError(FlexLmMessage reply, string action)
    {
        if (reply.Is(LegacyKind.Error))
        {
            throw new FlexLmErrorException(FlexLmErrorTable.MakeFromServer(ErrorReply.Decode(reply.Old!), action));
        }
    }

    /// <summary>What a message says; what it says wrongly is an error of this one exchange.</summary>
    /// <exception cref="FlexLmErrorException">The message can't be understood.</exception>
    public static T Understand<T>(FlexLmFrame frame, Func<FlexLmFrame, T> decode, string action)
    {
        try
        {
            return decode(frame);
        }
        catch (FlexLmProtocolException exception) when (!exception.EndsConnection)
        {
            throw new FlexLmErrorException(FlexLmErrorTable.Make(FlexLmErrorCode.BadCommunication, action, exception.Message), exception);
        }
    }

    public static FlexLmProtocolException Unexpected(FlexLmMessage reply, string action) =>
        new(FlexLmProtocolFault.UnexpectedType, $"A {reply.Name} is no answer to: {action}.");
}
