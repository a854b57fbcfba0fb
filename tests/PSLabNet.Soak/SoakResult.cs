using System.Collections.Generic;
using PSLabNet.Soak.Accounting;
using PSLabNet.Soak.Client;
using PSLabNet.Soak.Measuring;

namespace PSLabNet.Soak;

/// <summary>The result of a run.</summary>
internal sealed record SoakResult(
    SoakOptions Options,
    IReadOnlyList<Verdict> Verdicts,
    IReadOnlyList<Growth> Growth,
    IReadOnlyList<Sample> Samples,
    Tally Operations,
    Tally Faults,
    long UpdatesSent,
    long UpdatesHeard,
    long UpdatesTaken,
    long Checkouts,
    long CheckoutsUnseen);
