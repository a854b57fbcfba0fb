using System.Net;
using PSLabNet.FlexLm.Query.Connecting;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>What came back for a hello.</summary>
internal static class HelloFindings
{
    public static StepFinding Describe(ManagerClient manager)
    {
        string daemon = manager.Hello.Daemon.Length > 0 ? manager.Hello.Daemon : "The license server manager";
        string version = manager.Hello.Version.Length > 0 ? $"version {manager.Hello.Version}" : "of unknown version";
        string generation = manager.Hello.Generation == FlexLmGeneration.New ? "new generation of the protocol" : "old generation of the protocol, before 11.10";
        return StepFinding.Passed($"{daemon} at {manager.Remote} says hello: {version}, {generation}.");
    }

    public static StepFinding Describe(IPEndPoint remote, FlexLmError error, string listener) => new(
        FlexLmStepState.Failed,
        error.IsOtherProtocol ? $"{remote} is no license server. {error.Message}" : $"{remote} accepts connections but does not say hello. {error}",
        CureFor(error, listener));

    private static string CureFor(FlexLmError error, string listener)
    {
        if (error.IsOtherProtocol)
        {
            return $"Name the port of {listener}; another program has this one.";
        }

        return error.Code switch
        {
            FlexLmErrorCode.BadHandshake or FlexLmErrorCode.NotAdministrator or FlexLmErrorCode.UnknownMessage =>
                "Ask it with the publisher's own program: Get-FlexLmStatus -LmUtilPath.",
            FlexLmErrorCode.BadCommunication => $"Check which program has this port; {listener} does not answer like this.",
            FlexLmErrorCode.CannotRead or FlexLmErrorCode.VendorDown =>
                $"{listener} hangs, or another program has the port. Look into its debug log, and restart it if it hangs.",
            _ => "Get-FlexLmError explains the number; the debug log of the daemon says more.",
        };
    }
}
