using System;
using System.Collections.Generic;
using PSLabNet.Net;

namespace PSLabNet.Pipeline;

/// <summary>No interface of this machine is what -Interface names.</summary>
public sealed class InterfaceNotFoundException : Exception
{
    /// <summary>Says what there is.</summary>
    /// <param name="name">What was asked for.</param>
    /// <param name="present">What there is.</param>
    public InterfaceNotFoundException(string name, IEnumerable<LocalInterface> present)
        : base($"No interface of this computer has the name, description or IPv4 address '{name}'. Available interfaces: {string.Join(", ", present)}.")
    {
    }
}
