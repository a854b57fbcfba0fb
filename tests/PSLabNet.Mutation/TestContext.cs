using System.Threading;

namespace Xunit;

/// <summary>What the tests take of xunit 3 that xunit 2 lacks: here nobody cancels a test.</summary>
internal sealed class TestContext
{
    public static TestContext Current { get; } = new();

    public CancellationToken CancellationToken => CancellationToken.None;
}
