// What the compiler asks for and netstandard2.0 does not have. Internal, so that nothing leaks to users.
#pragma warning disable IDE0130 // The namespaces are the ones that the compiler looks in.

namespace System.Runtime.CompilerServices
{
    /// <summary>Lets the compiler emit init-only properties and records.</summary>
    internal static class IsExternalInit
    {
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>The out parameter is not null when the method returns <see cref="ReturnValue"/>.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class NotNullWhenAttribute : Attribute
    {
        public NotNullWhenAttribute(bool returnValue) => ReturnValue = returnValue;

        public bool ReturnValue { get; }
    }
}
