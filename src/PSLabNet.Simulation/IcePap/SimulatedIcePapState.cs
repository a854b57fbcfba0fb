namespace PSLabNet.Simulation.IcePap;

/// <summary>State of a simulated device.</summary>
public enum SimulatedIcePapState
{
    /// <summary>It listens and answers.</summary>
    Running,

    /// <summary>It reboots and is silent.</summary>
    Rebooting,

    /// <summary>It was removed, or its simulator was stopped.</summary>
    Stopped,
}
