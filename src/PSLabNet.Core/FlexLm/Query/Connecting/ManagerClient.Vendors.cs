using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Connecting;

/// <content>Where vendor daemons are.</content>
internal sealed partial class ManagerClient
{
    /// <summary>
    /// Where a vendor daemon is. Text that comes before the answer is more of the license file: nothing else is outstanding
    /// on this connection.
    /// </summary>
    /// <exception cref="FlexLmErrorException">The server answers with an error number, or with a port that is none.</exception>
    public async Task<VendorAddress> FindVendorAsync(string vendor)
    {
        string action = FindAction(vendor);
        FlexLmMessage reply = await AskAsync(EncodeFind(vendor), action).ConfigureAwait(false);
        while (IsText(reply))
        {
            if (License is null)
            {
                throw Exchange.Unexpected(reply, action);
            }

            await AddTextAsync(License, reply).ConfigureAwait(false);
            reply = hasUnreadText
                ? await AskAsync(EncodeFind(vendor), action).ConfigureAwait(false)
                : await connection.ReadAsync().ConfigureAwait(false);
        }

        License?.End();
        return ReadAddress(reply, action);
    }

    /// <summary>Where a vendor daemon is, asked for on a connection of its own.</summary>
    /// <exception cref="Exception">The manager can't be reached, or does not say.</exception>
    public async Task<VendorAddress> FindVendorAloneAsync(string vendor)
    {
        using ManagerClient other = await Connector.OpenAsync(
            Remote, session, opened => StartAsync(opened, session, Host), session.Token).ConfigureAwait(false);
        return await other.FindVendorAsync(vendor).ConfigureAwait(false);
    }

    /// <summary>Asks for several vendor daemons in one flight. What goes wrong is not reported here: it is asked again, one at a time.</summary>
    /// <param name="vendors">Their names.</param>
    /// <param name="onAnswer">Called for each answer, in the order of the names, as soon as it is there.</param>
    /// <returns>The number of names that were answered. The others are to be asked for one at a time.</returns>
    public async Task<int> FindVendorsAsync(IReadOnlyList<string> vendors, Action<string, VendorAddress?, FlexLmErrorException?> onAnswer)
    {
        int done = 0;
        string? trouble = null;
        try
        {
            await connection.SendAsync([.. vendors.Select(vendor => new OutgoingMessage(EncodeFind(vendor), FindAction(vendor)))]).ConfigureAwait(false);
            while (trouble is null && done < vendors.Count)
            {
                FlexLmMessage? reply = done == 0
                    ? await connection.ReadAsync().ConfigureAwait(false)
                    : await connection.ReadAsync(session.WaitFor(QueryLimits.LostCommand, ResponseTime)).ConfigureAwait(false);
                if (reply is null)
                {
                    trouble = FormattableString.Invariant($"{vendors.Count - done} requests got no answer");
                }
                else if (!IsText(reply))
                {
                    License?.End();
                    Answer(vendors[done], reply, onAnswer);
                    done++;
                }
                else if (done > 0 || License is null || !await AddTextAsync(License, reply).ConfigureAwait(false) || hasUnreadText)
                {
                    trouble = "it sends text out of turn";
                }
            }
        }
        catch (Exception exception) when (IsFaultOfFlight(exception))
        {
            trouble = Describe(exception);
        }

        if (trouble is not null)
        {
            await GoOnOneAtATimeAsync(trouble).ConfigureAwait(false);
        }

        return done;
    }

    private static string FindAction(string vendor) => $"ask for the vendor daemon {PrintableText.Escape(vendor)}";

    private static bool IsText(FlexLmMessage message) => message.Is(FrameType.Text) || message.Is(LegacyKind.Text);

    private byte[] EncodeFind(string vendor) => new HelloRequest(session.Options.Identity, vendor).Encode();

    private static void Answer(string vendor, FlexLmMessage reply, Action<string, VendorAddress?, FlexLmErrorException?> onAnswer)
    {
        VendorAddress? address = null;
        FlexLmErrorException? error = null;
        try
        {
            address = ReadAddress(reply, FindAction(vendor));
        }
        catch (FlexLmErrorException failure)
        {
            error = failure;
        }

        onAnswer(vendor, address, error);
    }

    private static VendorAddress ReadAddress(FlexLmMessage reply, string action)
    {
        Exchange.ThrowIfError(reply, action);
        if (reply.Is(LegacyKind.Ok))
        {
            throw new FlexLmErrorException(FlexLmErrorTable.Make(FlexLmErrorCode.VendorDown, action, "(the license server manager names no port)"));
        }

        if (!reply.Is(FrameType.VendorAddress))
        {
            throw Exchange.Unexpected(reply, action);
        }

        VendorAddress address = Exchange.Understand(reply.Frame!, VendorAddress.Decode, action);
        return address.Port is > 0 and <= IPEndPoint.MaxPort
            ? address
            : throw new FlexLmErrorException(FlexLmErrorTable.Make(FlexLmErrorCode.VendorDown, action, $"(lmgrd names the port {address.Port})"));
    }
}
