using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using PSLabNet.Benchmarks.Growth;
using PSLabNet.Lab;
using PSLabNet.Lab.Plots;

namespace PSLabNet.Benchmarks.Report;

/// <summary>
/// Growth curves side by side, both axes logarithmic. Dots are measured values. The dashed line is linear growth up to the
/// last dot.
/// </summary>
internal sealed class GrowthPlot(string title, Func<GrowthPoint, double> value, Func<double, string> label)
{
    private const int Columns = 4;
    private const int PanelWidth = 250;

    /// <summary>Draws the curves into an image of the documentation.</summary>
    public void Save(string name, IEnumerable<Growth.Growth> curves) =>
        File.WriteAllText(Repository.PathOf("docs", "images", name), new PanelPlot(title, Columns, PanelWidth).Draw([.. curves.Select(PanelOf)]));

    private Panel PanelOf(Growth.Growth curve)
    {
        double[] values = [.. curve.Points.Select(point => Math.Log(value(point)))];
        double[] sizes = [.. curve.Points.Select(point => Math.Log(point.Size))];

        // The same scale for both axes, so that linear growth has the same slope in every panel.
        double width = sizes[^1] - sizes[0];
        double highest = values.Max();
        double height = Math.Max(highest - values.Min(), width);
        double Y(double logarithm) => 1 - ((highest - logarithm) / height);
        string Size(int index) => curve.Points[index].Size.ToString("N0", CultureInfo.InvariantCulture);
        return new Panel(
            curve.Curve.Name,
            $"{label(value(curve.Points[^1]))} for {Size(curve.Points.Count - 1)} {curve.Curve.Of}",
            Size(0),
            Size(curve.Points.Count - 1),
            [.. sizes.Zip(values, (size, amount) => ((size - sizes[0]) / width, Y(amount)))])
        {
            Guide = (Y(values[^1] - width), Y(values[^1])),
            HasDots = true,
        };
    }
}
