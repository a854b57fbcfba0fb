using System;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>What is known of a license line while it is read: a record made in steps is a record for each step.</summary>
internal struct LicenseLineFields
{
    public FlexLmLineKind Kind;
    public string? Feature;
    public string? Vendor;
    public string? Version;
    public string? FromVersion;
    public DateTimeOffset? Expires;
    public int? Quantity;
    public bool IsUncounted;
    public string? HostId;
    public int? Port;
    public string? Path;
    public string? Signature;
    public string? Key;
    public DateTimeOffset? Issued;
    public DateTimeOffset? Starts;
    public FlexLmKeywordCollection? Attributes;
    public int LineNumber;
    public string Source;

    public readonly FlexLmLicenseLine ToLine() => new()
    {
        Kind = Kind,
        Feature = Feature ?? string.Empty,
        Vendor = Vendor ?? string.Empty,
        Version = Version ?? string.Empty,
        FromVersion = FromVersion ?? string.Empty,
        Expires = Expires,
        Quantity = Quantity,
        IsUncounted = IsUncounted,
        HostId = HostId ?? string.Empty,
        Port = Port,
        Path = Path ?? string.Empty,
        Signature = Signature ?? string.Empty,
        Key = Key ?? string.Empty,
        Issued = Issued,
        Starts = Starts,
        Attributes = Attributes ?? FlexLmKeywordCollection.Empty,
        LineNumber = LineNumber,
        Source = Source,
    };
}
