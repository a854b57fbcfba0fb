using System.Net.Sockets;

namespace PSLabNet.FlexLm;

/// <summary>An error, with FlexLM's number if one fits.</summary>
public sealed class FlexLmError
{
    internal FlexLmError()
    {
    }

    /// <summary>Copies another record, so that an initializer can change the copy.</summary>
    internal FlexLmError(FlexLmError other)
    {
        Code = other.Code;
        Name = other.Name;
        Message = other.Message;
        SocketError = other.SocketError;
        Action = other.Action;
        IsOtherProtocol = other.IsOtherProtocol;
        IsOfConnection = other.IsOfConnection;
    }

    /// <summary>FlexLM's error number, negative; 0 if none fits.</summary>
    public int Code { get; internal init; }

    /// <summary>FlexLM's symbol of the number, for example <c>LM_CANTCONNECT</c>; empty if none fits.</summary>
    public string Name { get; internal init; } = string.Empty;

    /// <summary>The meaning of the error, with details.</summary>
    public string Message { get; internal init; } = string.Empty;

    /// <summary>The socket's error; null if no socket failed.</summary>
    public SocketError? SocketError { get; internal init; }

    /// <summary>The action that failed, for example <c>connect to 27000@lic1</c>.</summary>
    public string Action { get; internal init; } = string.Empty;

    /// <summary>True if the peer is not a license server: it speaks HTTP or TLS.</summary>
    internal bool IsOtherProtocol { get; init; }

    /// <summary>True if a connection to the vendor daemon failed. Then the error says nothing about the feature that was asked for.</summary>
    internal bool IsOfConnection { get; init; }

    /// <summary>The record in one line, with the number as lmstat writes it.</summary>
    /// <returns>For example <c>Cannot connect to license server system. (-15)</c>.</returns>
    public override string ToString() =>
        Code == 0 ? Message : string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0} ({1})", Message, Code);
}
