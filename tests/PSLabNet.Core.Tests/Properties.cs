using FsCheck;
using FsCheck.Fluent;

namespace PSLabNet.Tests;

/// <summary>Runs a property a given number of times, and throws with the smallest counterexample.</summary>
internal static class Properties
{
    public static void Holds(this Property property, int tries = 300) =>
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(tries));

    /// <summary>Byte arrays whose length is drawn first, so every length occurs.</summary>
    public static Gen<byte[]> Bytes(int least, int most) =>
        from length in Gen.Choose(least, most)
        from bytes in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(length)
        select bytes;
}
