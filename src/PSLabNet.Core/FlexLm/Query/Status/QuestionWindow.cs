using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Query.Session;

namespace PSLabNet.FlexLm.Query.Status;

/// <summary>
/// Questions that are sent in order, with how far they have come: sent, ended, checked, done. They are checked in groups. A group is
/// done when no request that was outstanding together with one of its own can still show that the order is wrong.
/// </summary>
internal sealed class QuestionWindow(IReadOnlyList<PendingStatus> questions)
{
    /// <summary>Questions that are checked together; a last group may have fewer.</summary>
    public const int GroupSize = QueryLimits.FirstWindow;

    /// <summary>Groups that the requests which are outstanding at a time can belong to.</summary>
    public const int GroupsAtOnce = (QueryLimits.Window / GroupSize) + 1;

    private readonly List<int> starts = [];
    private int endedCount;

    public int Count => questions.Count;

    /// <summary>Number of questions that were sent.</summary>
    public int SentCount { get; private set; }

    /// <summary>Number of questions that are answered and in a group that is checked.</summary>
    public int CheckedCount { get; private set; }

    /// <summary>Number of questions whose answers are certain.</summary>
    public int DoneCount { get; private set; }

    public bool IsDone => DoneCount == Count;

    /// <summary>Takes the next questions, to be sent.</summary>
    public PendingStatus[] Take(int most)
    {
        PendingStatus[] next = Slice(SentCount, Math.Min(Math.Max(most, 0), Count - SentCount));
        SentCount += next.Length;
        return next;
    }

    /// <summary>The next group of which all answers are whole; null if there is none.</summary>
    /// <param name="isDrained">True if nothing is outstanding, so that the last answer is whole too.</param>
    public PendingStatus[]? TryEndGroup(bool isDrained)
    {
        while (endedCount < SentCount && IsEnded(questions[endedCount], isDrained))
        {
            endedCount++;
        }

        int length = Math.Min(GroupSize, endedCount - CheckedCount);
        if (length == 0 || (length < GroupSize && !(isDrained && endedCount == SentCount)))
        {
            return null;
        }

        PendingStatus[] group = Slice(CheckedCount, length);
        starts.Add(CheckedCount);
        CheckedCount += length;
        return group;
    }

    /// <summary>The last group, the last two, and so on: as many as can have been outstanding at a time.</summary>
    public IEnumerable<IReadOnlyList<PendingStatus>> Recent()
    {
        for (int groups = 1; groups <= Math.Min(GroupsAtOnce, starts.Count); groups++)
        {
            int start = starts[starts.Count - groups];
            yield return Slice(start, CheckedCount - start);
        }
    }

    /// <summary>Takes the questions that are done.</summary>
    /// <param name="groups">Number of groups at the end that are not.</param>
    public PendingStatus[] Release(int groups)
    {
        int end = groups == 0 ? CheckedCount : starts.Count < groups ? 0 : starts[starts.Count - groups];
        PendingStatus[] done = Slice(DoneCount, Math.Max(end - DoneCount, 0));
        DoneCount += done.Length;
        return done;
    }

    /// <summary>Removes the answers that are not certain.</summary>
    public void Reset()
    {
        for (int index = DoneCount; index < SentCount; index++)
        {
            questions[index].Reset();
        }
    }

    private static bool IsEnded(PendingStatus question, bool isDrained) =>
        question.IsAnswered && (question.IsEnded || question.Status is null || isDrained);

    private PendingStatus[] Slice(int start, int length) => [.. Enumerable.Range(start, length).Select(index => questions[index])];
}
