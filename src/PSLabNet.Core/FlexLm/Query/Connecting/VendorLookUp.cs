using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Net;

namespace PSLabNet.FlexLm.Query.Connecting;

/// <summary>What lmgrd answers to the request for a vendor daemon.</summary>
/// <param name="Vendor">The name that was asked for.</param>
/// <param name="Address">Where it is; null if lmgrd does not say.</param>
/// <param name="Error">Why lmgrd does not say; null if it does.</param>
/// <param name="Manager">Who was asked.</param>
/// <param name="Flight">The requests that were sent together with this one; null if there were none.</param>
internal sealed record VendorLookUp(string Vendor, VendorAddress? Address, FlexLmErrorException? Error, ManagerClient Manager, LookUpFlight? Flight)
{
    /// <summary>Finds the place of the daemon.</summary>
    /// <exception cref="FlexLmErrorException">lmgrd answers with an error, or has named more places than a server may.</exception>
    /// <exception cref="OperationCanceledException">The session ended.</exception>
    public async Task<VendorPlace> FindPlaceAsync(ServerSession session)
    {
        if (Address is not null)
        {
            bool isFound = false;
            try
            {
                VendorPlace place = await VendorPlace.FindAsync(Vendor, Address, Manager, session).ConfigureAwait(false);
                isFound = true;
                return place with { Flight = Flight };
            }
            finally
            {
                if (!isFound)
                {
                    Flight?.Note(Vendor, isNamed: false);
                }
            }
        }

        // Whose error it is shows only when every daemon of the flight has named itself.
        return Flight is null || await Flight.IsProvenAsync().ConfigureAwait(false)
            ? throw Error!
            : await Flight.FindAloneAsync(Vendor).ConfigureAwait(false);
    }
}

/// <summary>
/// Requests for vendor daemons that were sent to lmgrd together. An answer does not say which of them it belongs to. The daemon at the
/// place that it names does: it names itself in its hello. If it is another one, or does not say, lmgrd is asked again for that
/// daemon alone.
/// </summary>
internal sealed class LookUpFlight(ManagerClient manager, ServerSession session)
{
    private readonly object one = new();
    private readonly Dictionary<string, TaskCompletionSource<bool>> named = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<int> errors = [];
    private readonly TaskCompletionSource<bool> ended = new();
    private Task alone = Task.CompletedTask;

    /// <summary>Adds an answer.</summary>
    public VendorLookUp Add(string vendor, VendorAddress? address, FlexLmErrorException? error)
    {
        lock (one)
        {
            if (error is not null)
            {
                errors.Add(error.Error.Code);
            }
            else
            {
                named[vendor] = new TaskCompletionSource<bool>();
            }
        }

        return new VendorLookUp(vendor, address, error, manager, this);
    }

    /// <summary>No more answers come.</summary>
    /// <param name="isWhole">True if every request was answered.</param>
    public void End(bool isWhole) => ended.TrySetResult(isWhole);

    /// <summary>Notes whether the daemon at the place of a vendor names itself as that vendor.</summary>
    public void Note(string vendor, bool isNamed)
    {
        TaskCompletionSource<bool> source;
        lock (one)
        {
            source = named[vendor];
        }

        source.TrySetResult(isNamed);
    }

    /// <summary>Waits until it is known whether the answers came in the order of the requests.</summary>
    /// <returns>True if they did, or if all answers are the same.</returns>
    /// <exception cref="OperationCanceledException">The session ended.</exception>
    public async Task<bool> IsProvenAsync()
    {
        await ended.Task.WaitOrAbandonAsync(session.Token).ConfigureAwait(false);
        Task<bool>[] all;
        lock (one)
        {
            if (!ended.Task.Result || errors.Count > 1)
            {
                return false;
            }

            all = [.. named.Values.Select(source => source.Task)];
        }

        Task<bool[]> known = Task.WhenAll(all);
        await known.WaitOrAbandonAsync(session.Token).ConfigureAwait(false);
        return Array.TrueForAll(await known.ConfigureAwait(false), isNamed => isNamed);
    }

    /// <summary>Asks lmgrd for a vendor daemon and for nothing else, when it has answered the one before.</summary>
    /// <exception cref="Exception">lmgrd can't be asked, or answers with an error.</exception>
    public Task<VendorPlace> FindAloneAsync(string vendor)
    {
        lock (one)
        {
            Task<VendorPlace> next = FindAfterAsync(alone, vendor);
            alone = next;
            return next;
        }
    }

    /// <summary>lmgrd answers in another order than it was asked: it is not asked ahead any more.</summary>
    public void NoteDisorder() => session.Options.Known.Note(manager.Remote, string.Empty, 1);

    private async Task<VendorPlace> FindAfterAsync(Task before, string vendor)
    {
        await Task.WhenAny(before).ConfigureAwait(false);
        VendorAddress address = await manager.FindVendorAloneAsync(vendor).ConfigureAwait(false);
        return await VendorPlace.FindAsync(vendor, address, manager, session).ConfigureAwait(false);
    }
}
