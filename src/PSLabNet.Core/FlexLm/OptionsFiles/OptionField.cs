namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>A field of an option, in the order in which the fields follow the keyword.</summary>
internal enum OptionField
{
    /// <summary><c>feature[:keyword=value]</c>, or an entitlement with <c>:FID=</c>.</summary>
    Feature,

    /// <summary>A whole number, 0 or more.</summary>
    Number,

    /// <summary>A type and one name, or several.</summary>
    TypedNames,

    /// <summary>The name of a group that is defined here.</summary>
    GroupName,

    /// <summary>Names up to the end of the line, at least one.</summary>
    Members,

    /// <summary>ON or OFF.</summary>
    Switch,

    /// <summary>IN, OUT, DENIED, QUEUED or UNSUPPORTED.</summary>
    LogItem,

    /// <summary>The level of host name matching: exact or lenient.</summary>
    Matching,

    /// <summary>All that follows.</summary>
    Rest,
}
