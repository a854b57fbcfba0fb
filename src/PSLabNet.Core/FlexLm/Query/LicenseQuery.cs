using System;
using System.Threading.Tasks;

namespace PSLabNet.FlexLm;

/// <summary>Asks one server for its license file.</summary>
internal static class LicenseQuery
{
    public static async Task<FlexLmLicenseResult> RunAsync(FlexLmServerAddress address, ServerSession session)
    {
        try
        {
            using ManagerClient manager = await ServerConversation.ConnectAsync(address, session).ConfigureAwait(false);
            var conversation = new ServerConversation(manager, session, address.Text, FlexLmFeatureFilter.All);
            await conversation.ReadLicenseAsync().ConfigureAwait(false);
            conversation.End();
            return new FlexLmLicenseResult
            {
                Server = address.Text,
                Text = manager.License?.First ?? string.Empty,
                Lines = conversation.Lines,
                Faults = conversation.Faults,
                IsComplete = manager.License is { MayBeCut: false },
                Error = conversation.LicenseError,
                Warnings = session.Warnings,
            };
        }
        catch (Exception exception) when (ServerSession.IsExpected(exception))
        {
            FlexLmError error = session.Explain(exception, FlexLmErrorCode.CannotRead, $"ask {address.Text} for its license file");
            return new FlexLmLicenseResult { Server = address.Text, Error = error, Warnings = session.Warnings };
        }
    }
}
