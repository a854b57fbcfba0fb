namespace PSLabNet.Simulation.FlexLm;

/// <summary>The faults that a simulated license server can have.</summary>
public enum FlexLmSimulatorFault
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>Nothing listens on the port.</summary>
    Refuse,

    /// <summary>Accepts connections and reads, but never answers.</summary>
    Silent,

    /// <summary>Answers with one byte per second.</summary>
    OneBytePerSecond,

    /// <summary>Closes the connection in the middle of an answer.</summary>
    CloseHalfWay,

    /// <summary>Answers with a wrong CRC (new generation).</summary>
    WrongCrc,

    /// <summary>Answers with a wrong check byte.</summary>
    WrongCheckByte,

    /// <summary>Answers with a frame whose length field is 3.</summary>
    AbsurdLength,

    /// <summary>Answers with a frame of an unknown type.</summary>
    UnknownType,

    /// <summary>Answers with bytes that are not the beginning of a message.</summary>
    UnknownFirstByte,

    /// <summary>Answers, and then sends frames without end.</summary>
    EndlessStream,

    /// <summary>The vendor daemon sends the name of another one.</summary>
    WrongVendor,

    /// <summary>Answers every request with an error message of <see cref="FlexLmSimulatorOptions.ErrorCode"/>.</summary>
    Error,

    /// <summary>Requires a handshake: answers everything with error -33.</summary>
    Authenticated,

    /// <summary>Sends one usage frame fewer than licenses are in use.</summary>
    FewerUsage,

    /// <summary>Sends one usage frame more than licenses are in use.</summary>
    MoreUsage,

    /// <summary>Discards requests that arrive before the previous one is answered.</summary>
    DropAhead,

    /// <summary>Closes the connection when a request arrives before the previous one is answered.</summary>
    CloseAhead,

    /// <summary>Answers requests that arrived together in reverse order.</summary>
    OutOfTurn,

    /// <summary>Answers status requests that arrived together first with all numbers, then with all usage frames.</summary>
    UsageLast,

    /// <summary>lmgrd names hosts that do not exist, for itself and for vendor daemons.</summary>
    UnknownHostNames,

    /// <summary>The license file has more than 64 KiB and is sent in several frames.</summary>
    LongLicense,

    /// <summary>The license file has more than 64 KiB and is cut off at the end of the first frame.</summary>
    CutLicense,

    /// <summary>lmgrd does not list the vendor daemons, but knows them.</summary>
    HiddenVendor,

    /// <summary>lmgrd runs, but its vendor daemons do not.</summary>
    VendorDown,

    /// <summary>Answers every request with an error message without a number.</summary>
    ErrorWithoutNumber,

    /// <summary>Answers a hello as lmadmin does: with a message <c>O</c> that contains version and host.</summary>
    OkHello,

    /// <summary>Answers in HTTP.</summary>
    Http,

    /// <summary>Answers with a TLS alert.</summary>
    Tls,

    /// <summary>Sends a message in several frames and omits the last one.</summary>
    MissingPart,

    /// <summary>The server's clock is two hours ahead.</summary>
    WrongClock,

    /// <summary>Each node of a triad calls itself the master.</summary>
    TwoMasters,

    /// <summary>The vendor daemons are newer than lmgrd.</summary>
    NewVendor,

    /// <summary>The vendor daemons reject the license line of their first feature.</summary>
    RejectedLine,
}

/// <summary>The field of a usage frame that contains the number of licenses of a checkout.</summary>
public enum FlexLmSimulatorCountField
{
    /// <summary>No field: a checkout of several licenses looks like one of a single license.</summary>
    None,

    /// <summary>The four bytes before the time.</summary>
    BeforeTime,

    /// <summary>The four bytes of the time.</summary>
    Time,

    /// <summary>The upper half of the number at the end.</summary>
    NumberHigh,

    /// <summary>The lower half of the number at the end, with another number in the upper half.</summary>
    NumberLow,

    /// <summary>The number at the end, as 64 bits.</summary>
    Number,
}

/// <summary>How a server of the old generation reports who uses a license.</summary>
public enum FlexLmSimulatorUsageForm
{
    /// <summary>In frames, as servers of the new generation do.</summary>
    Frames,

    /// <summary>In messages of the old generation, <c>N</c>, with text fields.</summary>
    Messages,
}

/// <summary>Which daemons have the fault.</summary>
public enum FlexLmSimulatorTarget
{
    /// <summary>The vendor daemons.</summary>
    Vendor,

    /// <summary>lmgrd.</summary>
    Manager,
}
