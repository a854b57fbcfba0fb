using System.Collections.Generic;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Status;

/// <summary>One status request with its answer, as far as it has come.</summary>
internal sealed class PendingStatus
{
    private readonly List<UsageReply> usages = [];

    public PendingStatus(string feature, string signature, long expectedTotal)
    {
        Request = new StatusRequest(feature, signature);
        ExpectedTotal = expectedTotal;
    }

    public StatusRequest Request { get; }

    /// <summary>The feature, for messages. It is shortened, because a server can send names of any length.</summary>
    public string ShownFeature => PrintableText.EscapeStart(Request.Feature);

    /// <summary>What is being done, for errors.</summary>
    public string Action => ActionFor(Request.Feature);

    /// <summary>Number of licenses according to the license lines. It helps to notice answers in a wrong order.</summary>
    public long ExpectedTotal { get; }

    public StatusReply? Status { get; private set; }

    public IReadOnlyList<UsageReply> Usages => usages;

    /// <summary>Frames that can't be read. Each of them still stands for one checkout or reservation.</summary>
    public int UnreadUsages { get; private set; }

    public int UsageCount => usages.Count + UnreadUsages;

    /// <summary>Why the status is missing or incomplete; null if nothing failed.</summary>
    public FlexLmError? Error { get; set; }

    /// <summary>True if another answer came after the last frame, so that no more frames belong to it.</summary>
    public bool IsEnded { get; set; }

    public bool IsAnswered => Status is not null || Error is not null;

    /// <summary>True if there are at least as many frames as licenses in use.</summary>
    public bool IsMet => Status is null || UsageCount >= Status.InUse;

    public bool IsExact => Status is not null && UsageCount == Status.InUse && UnreadUsages == 0;

    /// <summary>What is being done when a feature is asked for, for errors.</summary>
    public static string ActionFor(string feature) => $"ask for the status of {PrintableText.EscapeStart(feature)}";

    public void Answer(StatusReply status) => Status = status;

    /// <summary>Adds a frame.</summary>
    /// <exception cref="FlexLmProtocolException">There are far more frames than announced.</exception>
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

    /// <summary>Removes the answer, so that the question can be asked again.</summary>
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
