using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime.Groups;

namespace Agents.Realtime.Groups.Log;

/// <summary>
/// Decides about a batch, one entry after the other, each knowing what the ones before it have done. All that it needs has been read;
/// what follows from it is written by <see cref="LogWriter"/>. Pure.
/// </summary>
internal sealed class LogDecisions(LogFacts facts, DateTimeOffset now)
{
    /// <summary>An agent that says something later than that after the newest message was made to by something else.</summary>
    private static readonly TimeSpan CauseLasts = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, long> _last = facts.Groups.Values.ToDictionary(group => group.Id, group => group.LastSeq);

    public List<LogEntry> Added { get; } = [];

    /// <summary>Who was no member of an open group, and has said something there.</summary>
    public List<GroupMember> Joined { get; } = [];

    public Dictionary<(string Group, Guid Root), ThreadState> Threads { get; } = [];

    public List<(LogEntry By, EntryFacts Target)> Changes { get; } = [];

    public List<(LogEntry Entry, FoundMentions Found)> Told { get; } = [];

    public Appended Take(NewEntry entry)
    {
        if (!facts.Groups.TryGetValue(entry.GroupId, out var group) || !MayEnter(group, entry))
        {
            return Appended.Refused(ErrorCode.NotFound, "There is no such group, or it is not yours to see.");
        }

        if (entry.DedupKey is { } key && facts.Repeated.TryGetValue((group.Id, entry.Author, key), out var first))
        {
            return new(first.Id, first.Seq);
        }

        return group.IsArchived && !entry.IsSystems
            ? Appended.Refused(ErrorCode.WrongState, "The group is archived: nothing is said there any more.")
            : entry.Target is { } target ? Change(group, entry, target) : Say(group, entry);
    }

    private bool MayEnter(GroupFacts group, NewEntry entry) =>
        entry.IsSystems || entry.IsReport || group.Visibility == GroupVisibility.Open || facts.Authors.Contains((group.Id, entry.Author)) || (entry.Moderates && entry.Target is not null);

    private Appended Change(GroupFacts group, NewEntry entry, Guid targetId)
    {
        if (!facts.Entries.TryGetValue(targetId, out var target) || target.GroupId != group.Id || target.Kind != EntryKind.Message || target.IsDeleted)
        {
            return Appended.Refused(ErrorCode.NotFound, "There is no such message in this group, or it is deleted.");
        }

        if (target.Author != entry.Author && !entry.Moderates && entry.Author != group.CreatedBy)
        {
            return Appended.Refused(ErrorCode.NotAllowed, "Only who has said it, who made the group, and operators may change it.");
        }

        if (entry.Kind == EntryKind.Edit && target.Author != entry.Author)
        {
            return Appended.Refused(ErrorCode.NotAllowed, "Nobody edits what another has said. It may be deleted.");
        }

        facts.Entries[targetId] = target with { IsDeleted = entry.Kind == EntryKind.Delete, Content = entry.Content };
        var added = Add(group, entry, target.Root, target.Hop, cause: null, target.Thread, FoundMentions.None, before: entry.Kind == EntryKind.Edit ? target.Content : null);
        Changes.Add((added, target));
        return new(added.Id, added.Seq);
    }

    private Appended Say(GroupFacts group, NewEntry entry)
    {
        var answered = entry.ReplyTo is { } id ? facts.Entries.GetValueOrDefault(id) : null;
        // What becomes of a part of some work is told as an answer to where it was handed out.
        if (entry.ReplyTo is not null && (answered?.GroupId != group.Id || (answered.Kind != EntryKind.Message && !(entry.IsReport && answered.Kind == EntryKind.Progress))))
        {
            return Appended.Refused(ErrorCode.Invalid, "reply_to is not a message of this group.");
        }

        if (entry.Attachments.Any(attached => facts.Attachments.GetValueOrDefault(attached).Group != group.Id))
        {
            return Appended.Refused(ErrorCode.Invalid, "attachments names something that was not uploaded to this group, or stands in another message already.");
        }

        var (cause, hop, root) = ChainOf(group, entry, answered);
        if (entry.Kind == EntryKind.Message && Ruled(group, entry, hop, root) is { } stopped)
        {
            return Appended.Refused(ErrorCode.WrongState, $"This thread is stopped: {stopped}. It goes on when a person says something in it.");
        }

        if (entry is { IsSystems: false, IsReport: false } && facts.Authors.Add((group.Id, entry.Author)))
        {
            Joined.Add(new() { GroupId = group.Id, Member = entry.Author, Name = entry.AuthorName, JoinedAt = now, ReadSeq = _last[group.Id] });
        }

        // What a task is to do may name anybody, and it is handed out already.
        var found = entry.Kind != EntryKind.Message || entry is { IsReport: true, IsAgents: false } ? FoundMentions.None : Mentions.Find(entry.Content, entry.Author, [.. facts.Members[group.Id]], entry.Staff);
        var added = Add(group, entry, root, hop, cause, answered is null ? null : answered.Thread ?? answered.Id, found, before: null);
        if (found.Everybody || found.Of.Count > 0)
        {
            Told.Add((added, found));
        }

        Spend(group, entry, root);
        return new(added.Id, added.Seq, Offered: found.Offered is [] ? null : found.Offered);
    }

    /// <summary>What made it say so, as how manieth after a person, and what that person had said.</summary>
    private (Guid? Cause, int Hop, Guid Root) ChainOf(GroupFacts group, NewEntry entry, EntryFacts? answered)
    {
        if (!entry.IsAgents)
        {
            return (null, 0, answered?.Root ?? entry.Id);
        }

        var cause = answered ?? (facts.Newest.TryGetValue(group.Id, out var newest) && now - newest.At < CauseLasts ? newest : null);
        return cause is null ? (null, 1, entry.Id)
            : cause.Seq < facts.Threads.GetValueOrDefault((group.Id, cause.Root))?.Since ? (cause.Id, 1, cause.Root)
            // More of the same is not a step further.
            : cause.Author == entry.Author ? (null, cause.Hop, cause.Root)
            : (cause.Id, cause.Hop + 1, cause.Root);
    }

    /// <returns>Why the thread is stopped, and it can't be said. When that is new, the group is told.</returns>
    private string? Ruled(GroupFacts group, NewEntry entry, int hop, Guid root)
    {
        var known = facts.Threads.GetValueOrDefault((group.Id, root));
        if (entry.IsSystems || (!entry.IsAgents && known is null))
        {
            return null;
        }

        var thread = entry.IsAgents ? ThreadRules.AgentSays(known ?? new(now), hop, group.Limits, now) : ThreadRules.PersonSays(_last[group.Id] + 1, now);
        Keep(group, root, known, thread);
        return thread.Stopped;
    }

    /// <summary>What the work on a mention has used counts for the thread in which it was asked for.</summary>
    private void Spend(GroupFacts group, NewEntry entry, Guid root)
    {
        if (entry.Used is { } used)
        {
            var known = facts.Threads.GetValueOrDefault((group.Id, root));
            Keep(group, root, known, ThreadRules.Used(known ?? new(now), used.InputTokens + used.OutputTokens, (decimal)used.CostUsd, group.Limits));
        }
    }

    /// <summary>Where it was not stopped before, and is now, the group is told.</summary>
    private void Keep(GroupFacts group, Guid root, ThreadState? known, ThreadState thread)
    {
        facts.Threads[(group.Id, root)] = Threads[(group.Id, root)] = thread;
        if (thread.Stopped is not null && known?.Stopped is null)
        {
            var told = $"The thread is stopped: {thread.Stopped}. It goes on when a person says something in it.";
            var notice = new NewEntry(Guid.CreateVersion7(now), group.Id, EntryKind.Notice, MemberKind.System, MemberKind.System, told, now);
            Add(group, notice, root, 0, null, facts.Entries.ContainsKey(root) ? root : null, FoundMentions.None, before: null);
        }
    }

    private LogEntry Add(GroupFacts group, NewEntry entry, Guid root, int hop, Guid? cause, Guid? thread, FoundMentions found, string? before)
    {
        var added = new LogEntry
        {
            GroupId = group.Id,
            Seq = _last[group.Id] += 1,
            Id = entry.Id,
            Kind = entry.Kind,
            Author = entry.Author,
            AuthorName = entry.AuthorName,
            Content = entry.Content,
            Before = before,
            At = entry.At,
            ReplyTo = entry.ReplyTo,
            Thread = thread,
            Target = entry.Target,
            Mentions = MentionsJson(found),
            Attachments = entry.Attachments is [] ? null : Json(entry.Attachments.Select(id => facts.Attachments[id].View)),
            TaskId = entry.TaskId,
            Hop = hop,
            Cause = cause,
            Root = root,
            Signature = entry.Signature is null ? null : Json(entry.Signature),
            DedupKey = entry.DedupKey,
        };
        Added.Add(added);
        if (entry.DedupKey is { } key)
        {
            facts.Repeated[(group.Id, entry.Author, key)] = (added.Id, added.Seq);
        }

        if (added.Kind == EntryKind.Message)
        {
            facts.Newest[group.Id] = new(group.Id, added.Id, added.Seq, added.Kind, added.Author, hop, root, thread, added.At, "", IsDeleted: false);
        }

        return added;
    }

    private static string? MentionsJson(FoundMentions found) =>
        !found.Everybody && found.Of is [] ? null
        : Json(found.Everybody ? [new MemberRef(MemberKind.All, MemberKind.All, MemberKind.All), .. found.Of] : found.Of);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, WireJson.Options);
}
