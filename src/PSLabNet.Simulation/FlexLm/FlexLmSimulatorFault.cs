namespace PSLabNet.Simulation.FlexLm;

/// <summary>What a simulated license server does wrong.</summary>
public enum FlexLmSimulatorFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Nothing listens at the port.</summary>
    Refuse,

    /// <summary>Accepts connections and reads, but never answers.</summary>
    Silent,

    /// <summary>Answers with one byte a second.</summary>
    OneBytePerSecond,

    /// <summary>Closes the connection in the middle of an answer.</summary>
    CloseHalfWay,

    /// <summary>Answers with a wrong CRC (new generation).</summary>
    WrongCrc,

    /// <summary>Answers with a wrong check byte.</summary>
    WrongCheckByte,

    /// <summary>Answers with a frame whose length is given as 3.</summary>
    AbsurdLength,

    /// <summary>Answers with a frame of a type that nobody knows.</summary>
    UnknownType,

    /// <summary>Answers with bytes that begin no message.</summary>
    UnknownFirstByte,

    /// <summary>Answers, and goes on with frames without end.</summary>
    EndlessStream,

    /// <summary>The vendor daemon says that it is another.</summary>
    WrongVendor,

    /// <summary>Answers every request with an error message of <see cref="FlexLmSimulatorOptions.ErrorCode"/>.</summary>
    Error,

    /// <summary>Asks for a handshake: error -33 to everything.</summary>
    Authenticated,

    /// <summary>Sends one usage frame fewer than licenses are in use.</summary>
    FewerUsage,

    /// <summary>Sends one usage frame more than licenses are in use.</summary>
    MoreUsage,

    /// <summary>Throws away requests that come before the one before them is answered.</summary>
    DropAhead,

    /// <summary>Closes the connection when requests come before the one before them is answered.</summary>
    CloseAhead,

    /// <summary>Answers requests that came together in reverse order.</summary>
    OutOfTurn,

    /// <summary>Answers status requests that came together first with all numbers, then with all usage frames.</summary>
    UsageLast,

    /// <summary>lmgrd names hosts, for itself and for vendor daemons, that do not exist.</summary>
    UnknownHostNames,

    /// <summary>The license file has more than 64 KiB and is sent in several frames.</summary>
    LongLicense,

    /// <summary>The license file has more than 64 KiB and is cut off at the end of the first frame.</summary>
    CutLicense,

    /// <summary>lmgrd does not list the vendor daemons, but knows them.</summary>
    HiddenVendor,

    /// <summary>lmgrd runs, but its vendor daemons do not.</summary>
    VendorDown,
}

/// <summary>Which daemons a fault is in.</summary>
public enum FlexLmSimulatorTarget
{
    /// <summary>The vendor daemons.</summary>
    Vendor,

    /// <summary>lmgrd.</summary>
    Manager,
}
