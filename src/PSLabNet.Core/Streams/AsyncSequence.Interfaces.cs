// .NET Framework and netstandard2.0 have these interfaces only in an extra assembly, Microsoft.Bcl.AsyncInterfaces. Modules
// that include it break each other in Windows PowerShell, so the netstandard2.0 leg has no interfaces: there, await foreach
// finds the same methods by their names.
#if NET
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Streams;

/// <content>The interface that .NET 8 and later have.</content>
public sealed partial class AsyncSequence<T> : IAsyncEnumerable<T>
{
    IAsyncEnumerator<T> IAsyncEnumerable<T>.GetAsyncEnumerator(CancellationToken cancellationToken) => GetAsyncEnumerator(cancellationToken);
}

/// <content>The interface that .NET 8 and later have.</content>
public sealed partial class AsyncSequenceEnumerator<T> : IAsyncEnumerator<T>
{
    ValueTask<bool> IAsyncEnumerator<T>.MoveNextAsync() => new(MoveNextAsync());

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());
}
#endif
