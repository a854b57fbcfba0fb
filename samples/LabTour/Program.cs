using System;
using System.Threading;
using System.Threading.Tasks;

namespace LabTour;

/// <summary>Shows what the core and the simulators do, without PowerShell. Exits with 0 if all went as it should.</summary>
internal static class Program
{
    private const string Usage = """
        LabTour                          the whole tour, against simulated devices on loopback
        LabTour find [seconds]           looks for real and simulated devices on every interface
        LabTour simulate [count] [name]  simulated devices until Ctrl-C, on loopback or on the
                                         interface that is named
        """;

    private static async Task<int> Main(string[] args)
    {
        using var stopping = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stopping.Cancel();
        };
        try
        {
            return args switch
            {
                [] => await Tour.RunAsync(stopping.Token),
                ["find"] => await Finder.RunAsync(TimeSpan.FromSeconds(1), stopping.Token),
                ["find", var seconds] => await Finder.RunAsync(TimeSpan.FromSeconds(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)), stopping.Token),
                ["simulate"] => await Simulation.RunAsync(1, null, stopping.Token),
                ["simulate", var count] => await Simulation.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), null, stopping.Token),
                ["simulate", var count, var name] => await Simulation.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), name, stopping.Token),
                _ => ShowUsage(),
            };
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (FormatException)
        {
            return ShowUsage();
        }
    }

    private static int ShowUsage()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}
