using System;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>From when on the page marks something.</summary>
internal sealed record ReportThresholds
{
    private const int Percent = 95;
    private const int Days = 14;
    private const int LaterDays = 60;

    /// <summary>A feature counts as full from this percentage of the licenses issued.</summary>
    public double FullPercent { get; init; } = Percent;

    /// <summary>Licenses expire soon if at most this number of days is left.</summary>
    public int ExpiryDays { get; init; } = Days;

    /// <summary>Licenses are listed by their day if at most this number of days is left.</summary>
    public int ListedDays => Math.Max(ExpiryDays, LaterDays);

    /// <summary>Data are old if they are this old when the report is made.</summary>
    public TimeSpan Age { get; } = TimeSpan.FromDays(1);
}
