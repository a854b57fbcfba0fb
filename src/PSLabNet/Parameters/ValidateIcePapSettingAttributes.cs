using System;
using System.Management.Automation;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.Net;

namespace PSLabNet.Parameters;

/// <summary>A hostname that a device may have; null passes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateIcePapHostnameAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is string name && !IcePapHostname.IsValid(name))
        {
            throw new ValidationMetadataException(IcePapHostname.Explain(name));
        }
    }
}

/// <summary>A contiguous netmask; null passes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateNetmaskAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is IPAddress netmask && !IPv4Subnet.TryGetPrefixLength(netmask, out _))
        {
            throw new ValidationMetadataException($"The netmask {netmask} is not contiguous: ones must come first, then zeros, as in 255.255.254.0.");
        }
    }
}

/// <summary>A prefix length that leaves room for a device; null passes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidatePrefixLengthAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is int and (< 1 or > 30))
        {
            throw new ValidationMetadataException(FormattableString.Invariant($"A prefix length of {arguments} leaves no room for a device: 1 to 30 do."));
        }
    }
}

/// <summary>A time in seconds that a wait can last: more than nothing, at most a day.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateSecondsAttribute : ValidateArgumentsAttribute
{
    private const double Shortest = 0.001;
    private const double Longest = 86400;

    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is double seconds && !(seconds >= Shortest && seconds <= Longest))
        {
            throw new ValidationMetadataException(FormattableString.Invariant($"{seconds} is not a time to wait: {Shortest} to {Longest} seconds are."));
        }
    }
}
