using System.Collections.Generic;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Status;

/// <summary>One status request, and what has come of it.</summary>
internal sealed class PendingStatus
{
    private readonly List<UsageReply> usages = [];

    public PendingStatus(string feature, string signature, long expectedTotal)
    {
        Request = new StatusRequest(feature, signature);
        ExpectedTotal = expectedTotal;
    }

    public StatusRequest Request { get; }

    /// <summary>The feature, for messages: a name is as long as a server makes it.</summary>
    public string ShownFeature => PrintableText.EscapeStart(Request.Feature);

    /// <summary>What is being done, for errors.</summary>
    public string Action => ActionFor(Request.Feature);

    /// <summary>Licenses by the license lines, to notice answers that are out of turn.</summary>
    public long ExpectedTotal { get; }

    public StatusReply? Status { get; private set; }

    public IReadOnlyList<UsageReply> Usages => usages;

    /// <summary>Frames that could not be understood; each still is one checkout or reservation.</summary>
    public int UnreadUsages { get; private set; }

    public int UsageCount => usages.Count + UnreadUsages;

    /// <summary>Why there is no status, or not all of it; null if nothing failed.</summary>
    public FlexLmError? Error { get; set; }

    /// <summary>True if something after the last frame showed that no more belong to it.</summary>
    public bool IsEnded { get; set; }

    public bool IsAnswered => Status is not null || Error is not null;

    /// <summary>True if as many frames came as licenses are in use.</summary>
    public bool IsMet => Status is null || UsageCount >= Status.InUse;

    public bool IsExact => Status is not null && UsageCount == Status.InUse && UnreadUsages == 0;

    /// <summary>What is being done when a feature is asked for, for errors.</summary>
    public static string ActionFor(string feature) => $"ask for the status of {PrintableText.EscapeStart(feature)}";

    public void Answer(StatusReply status) => Status = status;

    /// <summary>Adds a frame.</summary>
    /// <exception cref="FlexLmProtocolException">There are many more than announced.</exception>
    public void Add(UsageReply usage)
    {
        usages.Add(usage);
        Check();
    }

    public void AddUnread()
    {
        UnreadUsages++;
        Check();
    }

    /// <summary>Forgets everything, to be asked again.</summary>
    public void Reset()
    {
        Status = null;
        Error = null;
        IsEnded = false;
        UnreadUsages = 0;
        usages.Clear();
    }

    private void Check()
    {
        if (UsageCount - Status!.InUse > QueryLimits.SurplusFrames)
        {
            throw new FlexLmProtocolException(
                FlexLmProtocolFault.TooMuch,
                $"The daemon announced {Status.InUse} licenses in use and sends usage without end.");
        }
    }
}
