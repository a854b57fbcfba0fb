namespace PSLabNet.FlexLm;

/// <summary>What use is measured by. The feature always is one of the keys: licenses of one feature do not replace those of another.</summary>
public enum FlexLmUsageKey
{
    /// <summary>The feature of a vendor daemon of a server, with all its pools.</summary>
    Feature,

    /// <summary>Each pool by itself: licenses of one version, and of one host id if they are bound to hosts.</summary>
    Pool,

    /// <summary>The user who held the licenses.</summary>
    User,

    /// <summary>The user's host.</summary>
    HostName,

    /// <summary>The GROUP or HOST_GROUP of an options file that the user or host is in.</summary>
    Group,

    /// <summary>The hour of the day, in local time.</summary>
    Hour,

    /// <summary>The day, in local time.</summary>
    Day,

    /// <summary>The day of the week, in local time.</summary>
    Weekday,

    /// <summary>The month of the year, in local time.</summary>
    Month,
}
