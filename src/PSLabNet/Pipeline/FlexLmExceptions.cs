using System;
using System.Collections.Generic;
using PSLabNet.FlexLm;
using PSLabNet.Text;

namespace PSLabNet.Pipeline;

/// <summary>A failure of a license server, or of a part of it.</summary>
public class FlexLmServerException : Exception
{
    /// <summary>Creates the exception for a server and its error.</summary>
    /// <param name="server">The server, as the caller named it.</param>
    /// <param name="error">The error.</param>
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

    /// <summary>The server, as the caller named it.</summary>
    public string Server { get; }

    /// <summary>The error, with FlexLM's number and the socket's error.</summary>
    public FlexLmError Error { get; }
}

/// <summary>A failure of a vendor daemon.</summary>
public sealed class FlexLmVendorException : FlexLmServerException
{
    /// <summary>Creates the exception for a vendor daemon and its error.</summary>
    /// <param name="server">The server, as the caller named it.</param>
    /// <param name="vendor">The vendor daemon.</param>
    /// <param name="error">The error.</param>
    public FlexLmVendorException(string server, string vendor, FlexLmError error)
        : base(server, $"{server}, vendor daemon {vendor}: {error}", error) => Vendor = vendor;

    /// <summary>The vendor daemon.</summary>
    public string Vendor { get; }
}

/// <summary>No server was requested, and none is configured.</summary>
public sealed class NoLicenseServerException : Exception
{
    /// <summary>Creates the exception with the places that were searched.</summary>
    /// <param name="lookedIn">The places that were searched.</param>
    public NoLicenseServerException(IReadOnlyList<string> lookedIn)
        : base($"No license server was named, and none is configured. Looked in: {string.Join("; ", lookedIn)}.") => LookedIn = lookedIn;

    /// <summary>The places that were searched.</summary>
    public IReadOnlyList<string> LookedIn { get; }
}

/// <summary>A text is not the name of a license server.</summary>
public sealed class InvalidLicenseServerException : Exception
{
    /// <summary>Creates the exception with the reason.</summary>
    /// <param name="message">The reason.</param>
    public InvalidLicenseServerException(string message)
        : base(message)
    {
    }
}

/// <summary>None of the servers has the feature.</summary>
public sealed class FlexLmFeatureNotFoundException : Exception
{
    /// <summary>Creates the exception for a feature.</summary>
    /// <param name="name">Name of the feature.</param>
    public FlexLmFeatureNotFoundException(string name)
        : base($"No license server that answered has the feature '{PrintableText.Escape(name)}'.") => Name = name;

    /// <summary>The requested name.</summary>
    public string Name { get; }
}

/// <summary>A line of a license file could not be understood.</summary>
public sealed class LicenseFaultException : Exception
{
    /// <summary>Creates the exception for a line.</summary>
    /// <param name="fault">The line and its problem.</param>
    public LicenseFaultException(FlexLmLicenseFault fault)
        : base(fault?.ToString()) => Fault = fault!;

    /// <summary>File, line number and problem.</summary>
    public FlexLmLicenseFault Fault { get; }
}

/// <summary>A line of an options file that can't be understood.</summary>
public sealed class OptionFaultException : Exception
{
    /// <summary>Says where, and what.</summary>
    /// <param name="fault">Where, and what.</param>
    public OptionFaultException(FlexLmOptionFinding fault)
        : base(fault is null ? null : FormattableString.Invariant($"{fault.Source}:{fault.Line}: {fault.Message}")) => Fault = fault!;

    /// <summary>File, line number and what is wrong.</summary>
    public FlexLmOptionFinding Fault { get; }
}

/// <summary>A line of a file of samples that can't be read.</summary>
public sealed class SampleFaultException : Exception
{
    /// <summary>Creates the exception for a line.</summary>
    /// <param name="fault">The line and its problem.</param>
    public SampleFaultException(FlexLmSampleFault fault)
        : base(fault?.ToString()) => Fault = fault!;

    /// <summary>File, line number and problem.</summary>
    public FlexLmSampleFault Fault { get; }
}
