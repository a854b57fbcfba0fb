using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using PSLabNet.Pipeline;
using Xunit;

namespace PSLabNet.Tests;

/// <summary>Ids of errors: they are set in one place, and the page lists them.</summary>
public sealed partial class ErrorRecordsTests
{
    private const int IdColumn = 1;
    private const int CategoryColumn = 2;
    private const int ActionColumn = 5;

    private static readonly IReadOnlyList<ErrorKind> Kinds =
        [.. typeof(ErrorRecords).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.GetValue(null)).OfType<ErrorKind>()];

    private static readonly IReadOnlyList<string[]> Rows =
        [.. File.ReadLines(Path.Combine(Module.Root, "docs", "errors.md")).Where(line => line.StartsWith("| `PSLabNet.", StringComparison.Ordinal)).Select(line => line.Split('|'))];

    [Fact]
    public void Every_id_stands_in_the_page_of_errors_and_every_id_of_the_page_exists() =>
        Assert.Equal(
            Kinds.Select(kind => kind.Id).Distinct().Order(StringComparer.Ordinal),
            Rows.Select(IdOf).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_error_says_what_to_do_and_so_does_the_page()
    {
        Assert.NotEmpty(Kinds);
        Assert.All(Kinds, kind => Assert.Matches(@"^[A-Z].{15,}\.$", kind.RecommendedAction));
        Assert.All(Rows, row => Assert.Matches(@"^[A-Z`].{10,}\.$", row[ActionColumn].Trim()));
    }

    [Fact]
    public void The_page_has_the_category_of_each() =>
        Assert.All(Kinds, kind => Assert.Contains(Rows, row => IdOf(row) == kind.Id && row[CategoryColumn].Contains($"{kind.Category}", StringComparison.Ordinal)));

    [Fact]
    public void No_other_file_makes_an_id()
    {
        string sources = Path.Combine(Module.Root, "src", "PSLabNet");
        IEnumerable<string> others = Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && Path.GetFileName(file) != "ErrorRecords.cs");
        Assert.All(others, file => Assert.DoesNotMatch(OwnId(), File.ReadAllText(file)));
    }

    [Fact]
    public void A_server_that_wants_authentication_leads_to_the_parameter_for_lmutil() =>
        Assert.Contains("-LmUtilPath", ErrorRecords.AuthenticatedOnly.RecommendedAction, StringComparison.Ordinal);

    private static string IdOf(string[] row) => row[IdColumn].Trim().Trim('`')["PSLabNet.".Length..];

    [GeneratedRegex(@"""PSLabNet\.[A-Z]\w+""")]
    private static partial Regex OwnId();
}
