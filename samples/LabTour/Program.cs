using System;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace LabTour;

/// <summary>Shows the module in its own PowerShell, and simulated devices to other processes.</summary>
internal static class Program
{
    /// <summary>The exit code after Ctrl-C.</summary>
    public const int Interrupted = 130;

    private const string Usage = """
        LabTour                          the tour: the module's commands against simulated devices
                                         and license servers, on loopback
        LabTour shell                    a PowerShell with the module and the simulators, to try it
        LabTour find [seconds]           lists real and simulated devices of every interface; ends
                                         after so long without a new one (1; 0.001 to 86400)
        LabTour simulate [count] [name]  simulated devices (1; up to 60000) until Ctrl-C, on loopback
                                         or on the named interface
        """;

    private const int MaxDevices = 60_000;
    private const double MinSeconds = 0.001;
    private const double MaxSeconds = 86_400;

    private static async Task<int> Main(string[] args) => args switch
    {
        [] => HostedPowerShell.RunTour(),
        ["shell"] => HostedPowerShell.RunShell(),
        ["find"] => await UntilCtrlC(token => Finder.RunAsync(TimeSpan.FromSeconds(1), token)),
        ["find", var text] when TryParseSeconds(text, out TimeSpan quiet) => await UntilCtrlC(token => Finder.RunAsync(quiet, token)),
        ["simulate"] => await UntilCtrlC(token => Simulation.RunAsync(1, null, token)),
        ["simulate", var text] when TryParseCount(text, out int count) => await UntilCtrlC(token => Simulation.RunAsync(count, null, token)),
        ["simulate", var text, var name] when TryParseCount(text, out int count) => await UntilCtrlC(token => Simulation.RunAsync(count, name, token)),
        ["-h" or "--help"] => ShowUsage(Console.Out, 0),
        _ => ShowUsage(Console.Error, 2),
    };

    private static bool TryParseSeconds(string text, out TimeSpan time)
    {
        bool isTime = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= MinSeconds and <= MaxSeconds;
        time = isTime ? TimeSpan.FromSeconds(seconds) : default;
        return isTime;
    }

    private static bool TryParseCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= MaxDevices;

    private static async Task<int> UntilCtrlC(Func<CancellationToken, Task<int>> run)
    {
        using var stopping = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stopping.Cancel();
        };
        try
        {
            return await run(stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    private static int ShowUsage(TextWriter output, int exitCode)
    {
        output.WriteLine(Usage);
        return exitCode;
    }
}
