namespace PSLabNet.IcePap;

/// <summary>What an answer means to whoever asked.</summary>
public enum IcePapVerdict
{
    /// <summary>Nothing new: the quiet window goes on.</summary>
    Known,

    /// <summary>Something new: more may come, the quiet window starts afresh.</summary>
    New,

    /// <summary>All that was wanted is there: the listening ends.</summary>
    Enough,
}
