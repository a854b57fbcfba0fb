using System.Linq;

namespace PSLabNet.Text;

/// <summary>Names of hosts, which sources write with their domain or without.</summary>
internal static class HostName
{
    /// <summary>
    /// The name without its domain: <c>lic1</c> and <c>lic1.example.org</c> are the same host. An IPv4 address has no
    /// domain, so it stays whole.
    /// </summary>
    public static string FirstLabel(string host)
    {
        int dot = host.IndexOf('.');
        return dot <= 0 || host.All(c => c is '.' or (>= '0' and <= '9')) ? host : host.Substring(0, dot);
    }
}
