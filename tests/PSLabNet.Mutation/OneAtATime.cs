using Xunit;

namespace PSLabNet.Tests.IcePap;

/// <summary>The tests that share the group's port. Stryker has one run at a time, so no other run need be waited for.</summary>
[CollectionDefinition(Name)]
public sealed class OneAtATime
{
    public const string Name = "UDP port 12345";
}
