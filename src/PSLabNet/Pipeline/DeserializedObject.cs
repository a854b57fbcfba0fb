using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using PSLabNet.FlexLm;

namespace PSLabNet.Pipeline;

/// <summary>
/// Restores objects from a job or another machine. PowerShell sends objects as property bags, named <c>Deserialized.</c> and
/// the type. They become objects of their former type again, so the same cmdlets accept them.
/// </summary>
internal static class DeserializedObject
{
    private const string Prefix = "Deserialized.";

    // The types that are sent by themselves; other types occur only inside them.
    private static readonly Dictionary<string, Type> Types = new[]
    {
        typeof(FlexLmFeature), typeof(FlexLmPool), typeof(FlexLmCheckout), typeof(FlexLmServerStatus), typeof(FlexLmVendorStatus),
        typeof(FlexLmError), typeof(FlexLmLicenseLine), typeof(FlexLmSnapshot), typeof(FlexLmLogEvent), typeof(FlexLmCheckoutEvent), typeof(FlexLmSample),
    }.ToDictionary(type => Prefix + type.FullName, StringComparer.Ordinal);

    /// <summary>True for a property bag that was an object of the module.</summary>
    public static bool IsReturned(object? value) => TypeOf(value) is not null;

    /// <summary>The object that a property bag was; any other object without its wrapper.</summary>
    /// <exception cref="InvalidCastException">A property cannot be converted to its former type.</exception>
    public static object Restore(object value) =>
        TypeOf(value) is { } type ? Read((PSObject)value, type) : (value as PSObject)?.BaseObject ?? value;

    /// <summary>A time that PowerShell sent: as its properties, or at a greater depth as text.</summary>
    /// <exception cref="InvalidCastException">It is no time.</exception>
    public static DateTimeOffset Time(PSObject bag) =>
        bag.Properties["UtcTicks"]?.Value is { } ticks
            ? new DateTimeOffset(LanguagePrimitives.ConvertTo<long>(ticks), TimeSpan.Zero).ToOffset(LanguagePrimitives.ConvertTo<TimeSpan>(bag.Properties["Offset"]?.Value ?? TimeSpan.Zero))
            : bag.BaseObject is DateTime time ? new DateTimeOffset(time)
            : DateTimeOffset.TryParse(bag.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset parsed) ? parsed
            : throw new InvalidCastException($"'{bag}' is not a time.");

    // Not only the first name: Select-Object -First inserts its own name before the others.
    private static Type? TypeOf(object? value) =>
        (value as PSObject)?.TypeNames.Select(name => Types.TryGetValue(name, out Type? type) ? type : null).FirstOrDefault(type => type is not null);

    // Properties that the bag does not contain have the values of a new object.
    private static object Read(PSObject bag, Type type)
    {
        ConstructorInfo[] constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (!constructors.Any(one => one.GetParameters().Length == 0))
        {
            ConstructorInfo constructor = constructors[0];
            return constructor.Invoke([.. constructor.GetParameters().Select(one => Convert(bag.Properties[one.Name]?.Value, one.ParameterType))]);
        }

        object made = Activator.CreateInstance(type, nonPublic: true)!;
        foreach (PropertyInfo property in type.GetProperties().Where(one => one.SetMethod is not null))
        {
            if (Convert(bag.Properties[property.Name]?.Value, property.PropertyType) is { } value)
            {
                property.SetValue(made, value);
            }
        }

        return made;
    }

    private static object? Convert(object? value, Type type)
    {
        object? plain = (value as PSObject)?.BaseObject ?? value;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return plain is null || type.IsInstanceOfType(plain) ? plain
            : type == typeof(DateTimeOffset) ? Time(PSObject.AsPSObject(value))
            : type.IsEnum && plain is int number ? Enum.ToObject(type, number)
            : type == typeof(FlexLmKeywordCollection) ? new FlexLmKeywordCollection(Items(plain, typeof(FlexLmKeyword)).Cast<FlexLmKeyword>())
            : type == typeof(FlexLmKeyword) && plain is string attribute ? Keyword(attribute)
            : type == typeof(FlexLmError) && plain is string message ? new FlexLmError { Message = message }
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? Items(plain, type.GetGenericArguments()[0])
            : type.Assembly == typeof(FlexLmFeature).Assembly && value is PSObject bag && plain is PSCustomObject ? Read(bag, type)
            : LanguagePrimitives.ConvertTo(plain, type, CultureInfo.InvariantCulture);
    }

    // Down to the depth at which objects are sent completely, these are lists; a list of one item can arrive as that item.
    private static Array Items(object plain, Type type)
    {
        object?[] items = plain is IEnumerable many and not string ? [.. many.Cast<object?>().Select(one => Convert(one, type))] : [Convert(plain, type)];
        var array = Array.CreateInstance(type, items.Length);
        Array.Copy(items, array, items.Length);
        return array;
    }

    private static FlexLmKeyword Keyword(string attribute)
    {
        int equals = attribute.IndexOf('=');
        return equals < 0 ? new FlexLmKeyword(attribute, string.Empty) : new FlexLmKeyword(attribute.Substring(0, equals), attribute.Substring(equals + 1));
    }
}
