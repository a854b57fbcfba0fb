using System;

namespace PSLabNet.IcePap.Details;

/// <summary>The numbers and words of the protocol that controllers speak over TCP. See docs/protocol/icepap.md.</summary>
internal static class ControllerProtocol
{
    /// <summary>The port on which a controller listens.</summary>
    public const int Port = 5000;

    /// <summary>Asks for the version of the system's firmware.</summary>
    public const string Version = "?VER";

    /// <summary>Asks for the identification of the board.</summary>
    public const string Identification = "?ID";

    /// <summary>Asks the same of board 0, the master of the first rack.</summary>
    public const string MasterIdentification = "0:?ID";

    /// <summary>Asks which racks are present; with the number of a rack, which drivers are present and alive in it.</summary>
    public const string SystemStatus = "?SYSSTAT";

    /// <summary>Ends a request. Controllers take a carriage return as well as a line feed, and telnet sends both.</summary>
    public const string EndOfRequest = "\r\n";

    /// <summary>Stands at the beginning and at the end of an answer of several lines.</summary>
    public const char Block = '$';

    /// <summary>The first word of an answer that is an error.</summary>
    public const string Error = "ERROR";

    /// <summary>Maximum number of racks: the mask has 16 bits.</summary>
    public const int MaxRacks = 16;

    /// <summary>Maximum number of drivers in a rack: the mask has 8 bits.</summary>
    public const int MaxDrivers = 8;

    /// <summary>Maximum number of bytes that are read for one answer. The longest known one has less than 1 KiB.</summary>
    public const int MaxAnswerSize = 8192;

    /// <summary>Maximum number of characters of a version or an identification. The longest known one has 14.</summary>
    public const int MaxValueLength = 80;

    /// <summary>How long one controller is asked, from the connection to its last answer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
}
