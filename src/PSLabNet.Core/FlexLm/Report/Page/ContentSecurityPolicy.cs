using System;
using System.Security.Cryptography;
using System.Text;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>
/// The policy of the page allows only its own style and script, by their hashes. Even if a value ever got past the escaping,
/// the browser would run and load nothing from it.
/// </summary>
internal static class ContentSecurityPolicy
{
    // Images only from data:, for the empty icon. Without it, browsers request /favicon.ico.
    public static string For(string style, string script) =>
        $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'";

    private static string Hash(string block)
    {
        using SHA256 sha = SHA256.Create();
        return "sha256-" + Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(block)));
    }
}
