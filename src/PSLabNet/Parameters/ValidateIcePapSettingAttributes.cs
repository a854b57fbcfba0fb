using System;
using System.Management.Automation;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.Parameters;

/// <summary>A hostname that a device may have; null is valid.</summary>
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

/// <summary>A wait time in seconds: more than zero, at most a day.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateSecondsAttribute : ValidateArgumentsAttribute
{
    private const double Shortest = 0.001;
    private const double Longest = 86400;

    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is double seconds && !(seconds >= Shortest && seconds <= Longest))
        {
            throw new ValidationMetadataException(FormattableString.Invariant($"{seconds} is not a valid number of seconds. Use {Shortest} to {Longest}."));
        }
    }
}
