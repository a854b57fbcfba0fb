using System;

namespace PSLabNet.Link.Faults;

/// <summary>The link in the middle. Its faults can be changed while it works.</summary>
internal interface IFaultyLink : IDisposable
{
    /// <summary>Name of the part of the system that does the work.</summary>
    string Worker { get; }

    /// <summary>Changes the faults in the direction of the devices.</summary>
    void SetToDevices(LinkFaults faults);

    /// <summary>Changes the faults in the direction of the client.</summary>
    void SetToClient(LinkFaults faults);

    /// <summary>Restarts the sequence of random numbers, so that a run depends on its number only.</summary>
    void Reseed(int seed);

    /// <summary>Returns the counts for frames to the devices.</summary>
    LinkCounters CountToDevices();

    /// <summary>Returns the counts for frames to the client.</summary>
    LinkCounters CountToClient();
}
