using System;
using System.Linq;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Adapter;

namespace PSLabNet.Pester;

/// <summary>What <c>dotnet test --filter</c> asks for.</summary>
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

    /// <summary>The file whose name is all of the filter, as in <c>--filter Find-IcePap</c>.</summary>
    public string? File { get; }

    /// <summary>Whether it asks for a test. What is left to .ci/run it has to ask for by category.</summary>
    /// <param name="test">The test.</param>
    /// <param name="source">The assembly that it is said to be in.</param>
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
