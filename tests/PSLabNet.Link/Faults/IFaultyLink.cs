using System;

namespace PSLabNet.Link.Faults;

/// <summary>The link in the middle, with faults that can be changed while it works.</summary>
internal interface IFaultyLink : IDisposable
{
    /// <summary>Who does the work, in words.</summary>
    string Worker { get; }

    /// <summary>Changes the faults of the direction to the devices.</summary>
    void SetToDevices(LinkFaults faults);

    /// <summary>Changes the faults of the direction to the client.</summary>
    void SetToClient(LinkFaults faults);

    /// <summary>Starts the sequence of chance afresh, so that a run can be told from its number.</summary>
    void Reseed(int seed);

    /// <summary>What was done with frames to the devices.</summary>
    LinkCounters CountToDevices();

    /// <summary>What was done with frames to the client.</summary>
    LinkCounters CountToClient();
}
