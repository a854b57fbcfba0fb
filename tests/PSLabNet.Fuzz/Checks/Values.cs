using System.Linq;
using System.Reflection;

namespace PSLabNet.Fuzz.Checks;

/// <summary>Compares objects that are not records by all of their properties.</summary>
internal static class Values
{
    public static bool AreSame<T>(T one, T other) => Properties<T>.All.All(property => Equals(property.GetValue(one), property.GetValue(other)));

    public static int HashOf<T>(T one) => Properties<T>.All.Aggregate(0, (hash, property) => System.HashCode.Combine(hash, property.GetValue(one)));

    private static class Properties<T>
    {
        public static readonly PropertyInfo[] All = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance);
    }
}
