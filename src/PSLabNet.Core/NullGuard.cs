using System;
using System.Runtime.CompilerServices;

namespace PSLabNet;

/// <summary>A null guard that .NET has and .NET Framework lacks. The compiler prefers .NET's own if it exists.</summary>
internal static class NullGuard
{
    extension(ArgumentNullException)
    {
        /// <summary>Throws if an argument is null.</summary>
        /// <param name="argument">The argument.</param>
        /// <param name="name">Its name; the compiler fills it in.</param>
        /// <exception cref="ArgumentNullException">The argument is null.</exception>
        public static void ThrowIfNull([System.Diagnostics.CodeAnalysis.NotNull] object? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
        {
            if (argument is null)
            {
                throw new ArgumentNullException(name);
            }
        }
    }
}
