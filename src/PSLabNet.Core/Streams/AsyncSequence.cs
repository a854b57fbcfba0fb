using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Streams;

/// <summary>
/// Results that arrive one by one; read them with <c>await foreach</c>. The work starts when the loop requests the first
/// result, and each loop repeats it. An error of the work is thrown after all results that arrived before it. Leaving the
/// loop early, or cancelling it, ends the work and closes its sockets.
/// </summary>
/// <remarks>
/// <c>await foreach</c> needs methods with the right names and no interface, so this works on .NET Framework without the
/// assembly Microsoft.Bcl.AsyncInterfaces. On .NET 8 and later it is also an <c>IAsyncEnumerable&lt;T&gt;</c>; see
/// AsyncSequence.Interfaces.cs.
/// </remarks>
/// <typeparam name="T">Type of a result.</typeparam>
public sealed partial class AsyncSequence<T>
{
    private readonly Func<AsyncSequenceEnumerator<T>, CancellationToken, Task> work;
    private readonly CancellationToken cancellationToken;

    internal AsyncSequence(Func<AsyncSequenceEnumerator<T>, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        this.work = work;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>Prepares the work, which starts with the first call of <see cref="AsyncSequenceEnumerator{T}.MoveNextAsync"/>.</summary>
    /// <param name="cancellationToken">Ends the work, in addition to the token of the sequence.</param>
    /// <returns>The reader of the results; dispose it to end the work.</returns>
    public AsyncSequenceEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new(work, CancellationTokenSource.CreateLinkedTokenSource(this.cancellationToken, cancellationToken));

    /// <summary>Does the work and collects all results.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The results, in the order in which they arrived.</returns>
    /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
    public async Task<IReadOnlyList<T>> ToListAsync(CancellationToken cancellationToken = default)
    {
        var results = new List<T>();
        AsyncSequenceEnumerator<T> reader = GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await reader.MoveNextAsync().ConfigureAwait(false))
            {
                results.Add(reader.Current);
            }
        }
        finally
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }

        return results;
    }
}
