using System;
using System.Linq;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Adapter;

namespace PSLabNet.Pester;

/// <summary>The filter of <c>dotnet test --filter</c>.</summary>
internal sealed class TestFilter
{
    public const string Category = "TestCategory";

    private const string Contains = nameof(TestCase.FullyQualifiedName) + "~";

    private readonly ITestCaseFilterExpression? expression;
    private readonly bool asksForCategory;

    public TestFilter(IRunContext context)
    {
        expression = context.GetTestCaseFilter(
            [nameof(TestCase.FullyQualifiedName), nameof(TestCase.DisplayName), "Name", Category], static _ => null);
        string value = expression?.TestCaseFilterValue ?? string.Empty;
        asksForCategory = value.Contains(Category, StringComparison.Ordinal);
        string name = value.StartsWith(Contains, StringComparison.Ordinal) ? value[Contains.Length..] : value;
        File = Repository.TestFiles.FirstOrDefault(file => name == file || name + Repository.TestFileEnding == file);
    }

    /// <summary>Whether there is no filter.</summary>
    public bool IsEmpty => expression is null;

    /// <summary>The file, if its name is the whole filter, as in <c>--filter Find-IcePap</c>.</summary>
    public string? File { get; }

    /// <summary>Whether the filter selects a test. Tests that are left to .ci/run are selected only by their category.</summary>
    /// <param name="test">The test.</param>
    /// <param name="source">The assembly to report for the test.</param>
    public bool Matches(PesterTest test, string source)
    {
        TestCase testCase = test.ToCase(source);
        return (asksForCategory || !test.IsLeftToCI) && expression!.MatchTestCase(testCase, name => name switch
        {
            nameof(TestCase.FullyQualifiedName) => test.FullName,
            Category => test.Tags.ToArray(),
            _ => testCase.DisplayName,
        });
    }
}
