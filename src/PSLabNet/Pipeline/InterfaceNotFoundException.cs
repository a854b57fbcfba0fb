using System;
using System.Collections.Generic;
using PSLabNet.Net;

namespace PSLabNet.Pipeline;

/// <summary>No interface of this machine matches -Interface.</summary>
public sealed class InterfaceNotFoundException : Exception
{
    /// <summary>Creates the exception. Its message lists the present interfaces.</summary>
    /// <param name="name">The requested name.</param>
    /// <param name="present">The present interfaces.</param>
    public InterfaceNotFoundException(string name, IEnumerable<LocalInterface> present)
        : base($"No interface of this computer has the name, description or IPv4 address '{name}'. Available interfaces: {string.Join(", ", present)}.")
    {
    }
}
