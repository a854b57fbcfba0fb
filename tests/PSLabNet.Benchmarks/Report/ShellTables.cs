using System;
using System.Collections.Generic;
using System.Globalization;
using PSLabNet.Benchmarks.Processes;

namespace PSLabNet.Benchmarks.Report;

/// <summary>The tables that need a PowerShell.</summary>
internal static class ShellTables
{
    private const int ImportRuns = 11;
    private const int ColdStartRuns = 11;

    private static string NotMeasured => $"Not measured: {PowerShell.Missing}\n";

    /// <summary>Import-Module, compared with that of empty modules.</summary>
    public static string Import()
    {
        if (PowerShell.Version is null)
        {
            return NotMeasured;
        }

        IReadOnlyList<ImportFigures> figures = ImportRun.Measure(ImportRuns);
        var table = new Table("Import-Module", "processor time", "times empty", "times empty with files", "time");
        foreach (ImportFigures figure in figures)
        {
            table.Add(
                figure.Module,
                Figures.Time(figure.Processor),
                Figures.Ratio(figure.Processor / figures[0].Processor),
                Figures.Ratio(figure.Processor / figures[1].Processor),
                Figures.Time(figure.Elapsed));
        }

        return table.ToMarkdown();
    }

    /// <summary>Cmdlets, compared with their calls of the core.</summary>
    public static string Cmdlets()
    {
        if (PowerShell.Version is null)
        {
            return NotMeasured;
        }

        var table = new Table("processor time", "cmdlet", "core", "times the core");
        foreach (CmdletFigures figure in CmdletRun.Measure())
        {
            table.Add(figure.Name, Figures.Time(figure.Cmdlet), Figures.Time(figure.Core), Figures.Ratio(figure.Cmdlet / figure.Core));
        }

        return table.ToMarkdown();
    }

    /// <summary>New shells that import the module and call one cmdlet, compared with one that does nothing.</summary>
    public static string ColdStart()
    {
        if (PowerShell.Version is null)
        {
            return NotMeasured;
        }

        IReadOnlyList<ColdStartFigures> figures = ColdStartRun.Measure(ColdStartRuns);
        TimeSpan nothing = figures[0].Elapsed;
        var table = new Table("a new pwsh -NoProfile", "time", "more than nothing", "times nothing");
        foreach (ColdStartFigures figure in figures)
        {
            table.Add(
                figure.Work,
                Milliseconds(figure.Elapsed),
                Milliseconds(figure.Elapsed - nothing),
                Figures.Ratio(figure.Elapsed / nothing));
        }

        return table.ToMarkdown();
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture) + " ms";
}
