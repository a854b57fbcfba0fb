using System;

namespace PSLabNet.Lab;

/// <summary>Counts the checks of a suite, prints each in one line, and ends with the line that <c>.ci/run</c> reads.</summary>
/// <param name="name">The name at the beginning of the last line.</param>
public sealed class Suite(string name)
{
    /// <summary>The exit code of a suite that could not run on this machine.</summary>
    public const int NotRun = 2;

    private int passed;
    private int failed;

    /// <summary>Prints why a suite cannot run here.</summary>
    /// <param name="reason">The reason, and what to install.</param>
    /// <returns>The exit code.</returns>
    public static int Skip(string reason)
    {
        Console.WriteLine(reason);
        return NotRun;
    }

    /// <summary>Counts one check.</summary>
    /// <param name="holds">Whether it passed.</param>
    /// <param name="what">Description of the check.</param>
    /// <param name="details">Lines to print below it.</param>
    public void Check(bool holds, string what, params ReadOnlySpan<string> details)
    {
        passed += holds ? 1 : 0;
        failed += holds ? 0 : 1;
        Console.WriteLine((holds ? "ok     " : "FAILED ") + what);
        foreach (string detail in details)
        {
            Console.WriteLine("    " + detail);
        }
    }

    /// <summary>Prints the numbers.</summary>
    /// <returns>The exit code: 0 if all checks passed, else 1.</returns>
    public int Conclude() => Conclude(name, passed, failed);

    /// <summary>Prints the numbers of checks that were counted elsewhere.</summary>
    /// <inheritdoc cref="Conclude()" path="/returns"/>
    public static int Conclude(string name, int passed, int failed)
    {
        Console.WriteLine($"{name}: {passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
}
