using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace PSLabNet.FlexLm.Servers;

/// <summary>
/// Reads the keys of the registry where FlexLM keeps license search paths. It calls advapi32, because netstandard2.0 has
/// no registry without a package.
/// </summary>
/// <remarks>
/// The License Administration Guide names two places. Its chapter "lmpath" (2023 R3) has
/// <c>HKEY_CURRENT_USER\Software\FLEXlm License Manager</c>; earlier releases and Flexera's article "Rules for Locating a
/// License File" have the same key of HKEY_LOCAL_MACHINE. Windows gives 32-bit programs another key there,
/// under <c>Wow6432Node</c>, without their knowing. There is one HKEY_CURRENT_USER\Software for both kinds of programs.
/// </remarks>
[ExcludeFromCodeCoverage]
internal static class FlexLmRegistry
{
    private const string SubKey = @"SOFTWARE\FLEXlm License Manager";

    // winnt.h
    private const int KeyRead = 0x20019;
    private const int Wow64Key64 = 0x0100;
    private const int Wow64Key32 = 0x0200;
    private const int TypeString = 1;
    private const int TypeExpandString = 2;

    // winerror.h
    private const int Success = 0;
    private const int MoreData = 234;

    // A name has 16,383 characters at most, and its end. A value may be larger than this; then it is read again.
    private const int NameCapacity = 16384;
    private const int DataCapacity = 65536;

    // winreg.h
    private static readonly IntPtr CurrentUser = new(unchecked((int)0x80000001));
    private static readonly IntPtr LocalMachine = new(unchecked((int)0x80000002));

    /// <summary>The keys, in the order in which they count; one that does not exist has no values.</summary>
    public static IReadOnlyList<FlexLmRegistryKey> Read() =>
    [
        new($@"HKCU\{SubKey}", Read(CurrentUser, Wow64Key64)),
        new($@"HKLM\{SubKey}", Read(LocalMachine, Wow64Key64)),
        new(@"HKLM\SOFTWARE\Wow6432Node\FLEXlm License Manager", Read(LocalMachine, Wow64Key32)),
    ];

    private static List<KeyValuePair<string, string>> Read(IntPtr hive, int view)
    {
        var values = new List<KeyValuePair<string, string>>();
        if (RegOpenKeyEx(hive, SubKey, 0, KeyRead | view, out IntPtr key) != Success)
        {
            return values;
        }

        try
        {
            var name = new char[NameCapacity];
            var data = new byte[DataCapacity];
            uint index = 0;
            while (true)
            {
                int nameLength = NameCapacity;
                int dataLength = data.Length;
                int result = RegEnumValue(key, index, name, ref nameLength, IntPtr.Zero, out int type, data, ref dataLength);
                if (result == MoreData && dataLength > data.Length)
                {
                    data = new byte[dataLength];
                    continue;
                }

                if (result != Success)
                {
                    return values;
                }

                index++;
                if (type is TypeString or TypeExpandString)
                {
                    string value = Encoding.Unicode.GetString(data, 0, dataLength).TrimEnd('\0');
                    values.Add(new KeyValuePair<string, string>(new string(name, 0, nameLength), type == TypeString ? value : Environment.ExpandEnvironmentVariables(value)));
                }
            }
        }
        finally
        {
            _ = RegCloseKey(key);
        }
    }

    [DllImport("advapi32.dll", EntryPoint = "RegOpenKeyExW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int RegOpenKeyEx(IntPtr key, string subKey, int options, int access, out IntPtr result);

    [DllImport("advapi32.dll", EntryPoint = "RegEnumValueW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int RegEnumValue(
        IntPtr key, uint index, [Out] char[] name, ref int nameLength, IntPtr reserved, out int type, byte[] data, ref int dataLength);

    [DllImport("advapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int RegCloseKey(IntPtr key);
}

/// <summary>A key of the registry.</summary>
/// <param name="Name">As <c>reg.exe</c> writes it.</param>
/// <param name="Values">Its text values by their names.</param>
internal sealed record FlexLmRegistryKey(string Name, IReadOnlyList<KeyValuePair<string, string>> Values);
