using System;
using System.Diagnostics;
using System.IO;

namespace PSLabNet.Soak;

/// <summary>How this program is started once more, whether by dotnet or by its own name.</summary>
internal static class OwnProcess
{
    public static ProcessStartInfo With(params string[] arguments)
    {
        string path = Environment.ProcessPath!;
        var start = new ProcessStartInfo(path) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(path) == "dotnet")
        {
            start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
