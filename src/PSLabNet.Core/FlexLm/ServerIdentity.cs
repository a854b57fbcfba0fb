using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;

namespace PSLabNet.FlexLm;

/// <summary>
/// Which server answered, whatever it was named: it has the same place, or the same name for itself and the same license
/// file. The objects of one query share it. It is of this process and is not sent to others, where 127.0.0.1 is another host.
/// </summary>
internal sealed class ServerIdentity(IPEndPoint place, string hostName)
{
    // Longer license files may come in several messages, of which a query may not have needed the last ones.
    private const int ComparedCharacters = 16 * 1024;

    private string license = string.Empty;

    /// <summary>What two results of one server have in common: one of these is enough.</summary>
    public IEnumerable<string> Keys => license.Length > 0 && hostName.Length > 0
        ? [place.ToString(), string.Join("\n", hostName.ToUpperInvariant(), place.Port.ToString(CultureInfo.InvariantCulture), license)]
        : [place.ToString()];

    /// <summary>Notes the text of the license file, which has the host that it is for, and signatures.</summary>
    public void NoteLicense(string text) => license = text.Substring(0, Math.Min(text.Length, ComparedCharacters));
}
