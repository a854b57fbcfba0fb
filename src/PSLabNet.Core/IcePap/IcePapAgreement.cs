namespace PSLabNet.IcePap;

/// <summary>Whether the name service says of a device what its settings say.</summary>
public enum IcePapAgreement
{
    /// <summary>It says nothing, or did not answer in time.</summary>
    Unknown,

    /// <summary>It says the same.</summary>
    Agrees,

    /// <summary>It says something else.</summary>
    Differs,
}
