using System;
using System.Collections.Generic;
using PSLabNet.FlexLm.Query.Session;

namespace PSLabNet.FlexLm.Query.Status;

/// <summary>
/// Questions that are sent in order, with how far they have come: sent, ended, checked, done. They are checked in groups. A group is
/// done when no request that was outstanding together with one of its own can still show that the order is wrong.
/// </summary>
internal sealed class QuestionWindow(PendingStatus[] questions)
{
    /// <summary>Questions that are checked together; a last group may have fewer.</summary>
    public const int GroupSize = QueryLimits.FirstWindow;

    /// <summary>Groups that the requests which are outstanding at a time can belong to.</summary>
    public const int GroupsAtOnce = (QueryLimits.Window / GroupSize) + 1;

    private readonly List<int> starts = [];
    private int endedCount;

    public int Count => questions.Length;

    /// <summary>Number of questions that were sent.</summary>
    public int SentCount { get; private set; }

    /// <summary>Number of questions that are answered and in a group that is checked.</summary>
    public int CheckedCount { get; private set; }

    /// <summary>Number of questions whose answers are certain.</summary>
    public int DoneCount { get; private set; }

    public bool IsDone => DoneCount == Count;

    /// <summary>Takes the next questions, to be sent.</summary>
    public ArraySegment<PendingStatus> Take(int most)
    {
        ArraySegment<PendingStatus> next = Slice(SentCount, Math.Min(Math.Max(most, 0), Count - SentCount));
        SentCount += next.Count;
        return next;
    }

    /// <summary>The next group of which all answers are whole; null if there is none.</summary>
    /// <param name="isDrained">True if nothing is outstanding, so that the last answer is whole too.</param>
    public ArraySegment<PendingStatus>? TryEndGroup(bool isDrained)
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

        ArraySegment<PendingStatus> group = Slice(CheckedCount, length);
        starts.Add(CheckedCount);
        CheckedCount += length;
        return group;
    }

    /// <summary>As many of the last groups as can have been outstanding at a time.</summary>
    public IReadOnlyList<PendingStatus> Recent() => LastGroups(Math.Min(GroupsAtOnce, starts.Count));

    /// <summary>What shows that the order is wrong, in the last group, in the last two and so on; null if nothing does.</summary>
    public string? FindTrouble()
    {
        string? trouble = null;
        for (int groups = 1; trouble is null && groups <= Math.Min(GroupsAtOnce, starts.Count); groups++)
        {
            trouble = ResponseOrderCheck.FindTrouble(LastGroups(groups));
        }

        return trouble;
    }

    /// <summary>Takes the questions that are done.</summary>
    /// <param name="groups">Number of groups at the end that are not.</param>
    public ArraySegment<PendingStatus> Release(int groups)
    {
        int end = groups == 0 ? CheckedCount : starts.Count < groups ? 0 : starts[starts.Count - groups];
        ArraySegment<PendingStatus> done = Slice(DoneCount, Math.Max(end - DoneCount, 0));
        DoneCount += done.Count;
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

    private ArraySegment<PendingStatus> LastGroups(int count)
    {
        int start = starts[starts.Count - count];
        return Slice(start, CheckedCount - start);
    }

    private ArraySegment<PendingStatus> Slice(int start, int length) => new(questions, start, length);
}
