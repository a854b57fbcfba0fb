using System;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;

namespace PSLabNet.FlexLm.Query;

/// <summary>Asks one server for its license file.</summary>
internal static class LicenseQuery
{
    /// <exception cref="SeparateServersException">The nodes of a triad are servers of their own.</exception>
    public static async Task<FlexLmLicenseResult> RunAsync(FlexLmServerAddress address, ServerSession session)
    {
        var result = new FlexLmLicenseResult { Server = address.Text };
        try
        {
            using ServerAccess access = await ServerAccess.OpenAsync(address, session).ConfigureAwait(false);
            access.WarnOfNodes();
            ManagerClient manager = access.Manager;
            var conversation = new ServerConversation(manager, session, address.Text, FlexLmFeatureFilter.All);
            FlexLmError? error = await ReadAsync(conversation, address, session).ConfigureAwait(false);
            conversation.End();
            result = new FlexLmLicenseResult(result)
            {
                Text = manager.License?.First ?? string.Empty,
                Lines = conversation.Lines,
                Faults = conversation.Faults,
                IsComplete = error is null && manager.License is { MayBeCut: false },
                Error = error,
            };
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            result = new FlexLmLicenseResult(result) { Error = Explain(exception, address, session) };
        }

        return new FlexLmLicenseResult(result) { Warnings = session.Warnings };
    }

    // What came before a failure is text all the same.
    private static async Task<FlexLmError?> ReadAsync(ServerConversation conversation, FlexLmServerAddress address, ServerSession session)
    {
        try
        {
            await conversation.ReadLicenseAsync().ConfigureAwait(false);
            return conversation.LicenseError;
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            return Explain(exception, address, session);
        }
    }

    private static FlexLmError Explain(Exception exception, FlexLmServerAddress address, ServerSession session) =>
        session.Explain(exception, FlexLmErrorCode.CannotRead, $"ask {address.Text} for its license file");
}
