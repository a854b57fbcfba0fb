using Xunit;

namespace PSLabNet.Tests.IcePap;

/// <summary>
/// The protocol fixes port and group: what one test says all others hear. So these run one after the other, match on
/// addresses of their own, and only ever speak on loopback.
/// </summary>
[CollectionDefinition(Name)]
public sealed class OneAtATime
{
    public const string Name = "UDP port 12345";
}
