using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;

namespace PSLabNet.FlexLm.Query.Connecting;

/// <content>Where the vendor daemons are.</content>
internal sealed partial class ServerConversation
{
    /// <summary>Asks lmgrd where vendor daemons are, several in one flight if it takes that.</summary>
    /// <param name="vendors">Their names.</param>
    /// <param name="onAnswer">Called for each, in the order of the names, as soon as the answer is there.</param>
    /// <exception cref="Exception">lmgrd can't be asked any further.</exception>
    public async Task FindVendorsAsync(IReadOnlyList<string> vendors, Action<VendorLookUp> onAnswer)
    {
        for (int done = 0; done < vendors.Count;)
        {
            if (Manager.TakesAhead && vendors.Count - done > 1)
            {
                int most = Math.Min(session.Options.Window, QueryLimits.FirstWindow);
                done += await FindTogetherAsync([.. vendors.Skip(done).Take(most)], onAnswer).ConfigureAwait(false);
            }
            else
            {
                onAnswer(await FindVendorAsync(vendors[done++]).ConfigureAwait(false));
            }
        }
    }

    /// <summary>Asks lmgrd where one vendor daemon is.</summary>
    /// <exception cref="FlexLmErrorException">lmgrd answers with an error, or has named more places than a server may.</exception>
    public async Task<VendorPlace> FindPlaceAsync(string vendor)
    {
        VendorLookUp look = await FindVendorAsync(vendor).ConfigureAwait(false);
        return await look.FindPlaceAsync(session).ConfigureAwait(false);
    }

    private async Task<int> FindTogetherAsync(string[] vendors, Action<VendorLookUp> onAnswer)
    {
        var flight = new LookUpFlight(Manager, session);
        int done = 0;
        try
        {
            return done = await Manager.FindVendorsAsync(
                vendors,
                (vendor, address, error) =>
                {
                    Parse();
                    onAnswer(flight.Add(vendor, address, error));
                }).ConfigureAwait(false);
        }
        finally
        {
            flight.End(isWhole: done == vendors.Length);
        }
    }

    private async Task<VendorLookUp> FindVendorAsync(string vendor)
    {
        try
        {
            return new VendorLookUp(vendor, await Manager.FindVendorAsync(vendor).ConfigureAwait(false), null, Manager, null);
        }
        catch (FlexLmErrorException error)
        {
            return new VendorLookUp(vendor, null, error, Manager, null);
        }
        finally
        {
            Parse();
        }
    }
}
