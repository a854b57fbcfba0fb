using System;
using System.Collections.Generic;
using PSLabNet.FlexLm;
using PSLabNet.Text;

namespace PSLabNet.Pipeline;

/// <summary>A license server, or something about it, that failed.</summary>
public class FlexLmServerException : Exception
{
    /// <summary>Says which server, and what.</summary>
    /// <param name="server">The server as it was asked for.</param>
    /// <param name="error">What failed.</param>
    public FlexLmServerException(string server, FlexLmError error)
        : this(server, $"{server}: {error}", error)
    {
    }

    private protected FlexLmServerException(string server, string message, FlexLmError error)
        : base(message)
    {
        Server = server;
        Error = error;
    }

    /// <summary>The server as it was asked for.</summary>
    public string Server { get; }

    /// <summary>What failed, with FlexLM's number and the socket's error.</summary>
    public FlexLmError Error { get; }
}

/// <summary>A vendor daemon that failed.</summary>
public sealed class FlexLmVendorException : FlexLmServerException
{
    /// <summary>Says which vendor daemon, and what.</summary>
    /// <param name="server">The server as it was asked for.</param>
    /// <param name="vendor">The vendor daemon.</param>
    /// <param name="error">What failed.</param>
    public FlexLmVendorException(string server, string vendor, FlexLmError error)
        : base(server, $"{server}, vendor daemon {vendor}: {error}", error) => Vendor = vendor;

    /// <summary>The vendor daemon.</summary>
    public string Vendor { get; }
}

/// <summary>No server was named, and none is configured.</summary>
public sealed class NoLicenseServerException : Exception
{
    /// <summary>Says where it was looked.</summary>
    /// <param name="lookedIn">The places.</param>
    public NoLicenseServerException(IReadOnlyList<string> lookedIn)
        : base($"No license server was named, and none is configured. Looked in: {string.Join("; ", lookedIn)}.") => LookedIn = lookedIn;

    /// <summary>Where it was looked.</summary>
    public IReadOnlyList<string> LookedIn { get; }
}

/// <summary>Text that names no license server.</summary>
public sealed class InvalidLicenseServerException : Exception
{
    /// <summary>Says what is wrong with it.</summary>
    /// <param name="message">What is wrong.</param>
    public InvalidLicenseServerException(string message)
        : base(message)
    {
    }
}

/// <summary>A feature that none of the servers has.</summary>
public sealed class FlexLmFeatureNotFoundException : Exception
{
    /// <summary>Names the feature.</summary>
    /// <param name="name">Its name.</param>
    public FlexLmFeatureNotFoundException(string name)
        : base($"No license server that answered has the feature '{PrintableText.Escape(name)}'.") => Name = name;

    /// <summary>Name that was asked for.</summary>
    public string Name { get; }
}

/// <summary>A line of a license file that can't be understood.</summary>
public sealed class LicenseFaultException : Exception
{
    /// <summary>Says where, and what.</summary>
    /// <param name="fault">Where, and what.</param>
    public LicenseFaultException(FlexLmLicenseFault fault)
        : base(fault?.ToString()) => Fault = fault!;

    /// <summary>File, line number and what is wrong.</summary>
    public FlexLmLicenseFault Fault { get; }
}
