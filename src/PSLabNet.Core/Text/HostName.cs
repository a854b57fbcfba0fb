using System.Linq;

namespace PSLabNet.Text;

/// <summary>Host names, which sources write with or without their domain.</summary>
internal static class HostName
{
    /// <summary>
    /// The name without its domain: <c>lic1</c> and <c>lic1.example.org</c> are the same host. An IPv4 address has no
    /// domain, so it is returned unchanged.
    /// </summary>
    public static string FirstLabel(string host)
    {
        int dot = host.IndexOf('.');
        return dot <= 0 || host.All(c => c is '.' or (>= '0' and <= '9')) ? host : host.Substring(0, dot);
    }
}
