using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace PSLabNet.FlexLm.Servers;

/// <summary>
/// Reads <c>HKLM\SOFTWARE\FLEXlm License Manager</c>. It calls advapi32, because netstandard2.0 has no registry without
/// a package.
/// </summary>
[ExcludeFromCodeCoverage]
internal static class FlexLmRegistry
{
    public const string KeyName = @"HKLM\SOFTWARE\FLEXlm License Manager";

    private const string SubKey = @"SOFTWARE\FLEXlm License Manager";
    private const int KeyRead = 0x20019;
    private const int Wow64Key64 = 0x0100;
    private const int Success = 0;
    private const int TypeString = 1;
    private const int TypeExpandString = 2;
    private const int NameCapacity = 16384;
    private const int DataCapacity = 65536;
    private static readonly UIntPtr LocalMachine = new(0x80000002u);

    public static IReadOnlyList<KeyValuePair<string, string>> Read()
    {
        var values = new List<KeyValuePair<string, string>>();
        if (RegOpenKeyEx(LocalMachine, SubKey, 0, KeyRead | Wow64Key64, out IntPtr key) != Success)
        {
            return values;
        }

        try
        {
            var name = new char[NameCapacity];
            var data = new byte[DataCapacity];
            for (uint index = 0; ; index++)
            {
                int nameLength = NameCapacity;
                int dataLength = DataCapacity;
                if (RegEnumValue(key, index, name, ref nameLength, IntPtr.Zero, out int type, data, ref dataLength) != Success)
                {
                    return values;
                }

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
    private static extern int RegOpenKeyEx(UIntPtr key, string subKey, int options, int access, out IntPtr result);

    [DllImport("advapi32.dll", EntryPoint = "RegEnumValueW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int RegEnumValue(
        IntPtr key, uint index, [Out] char[] name, ref int nameLength, IntPtr reserved, out int type, byte[] data, ref int dataLength);

    [DllImport("advapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int RegCloseKey(IntPtr key);
}
