using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Registry;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Groups.Log;
using Agents.Realtime.Groups.Rest;
using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime.Groups.Works;

/// <summary>Makes the conversation of agents that work on a task together, and has it told of their parts. Each step may be done again.</summary>
internal sealed class WorkingGroups(
    RealtimeDb db, MessageLog log, IRegistryInternal registry, IIdentityInternal identity, TimeProvider time)
{
    private const int LongestName = 60;

    public async Task TellAsync(WorkingGroup group, CancellationToken cancellationToken)
    {
        var members = await MembersAsync(group, cancellationToken);
        await MakeAsync(group, members, cancellationToken);
        var owner = MemberKey.OfUser(group.Owner);
        var asked = await SayAsync(group, EntryKind.Message, owner, members.GetValueOrDefault(owner, group.Owner), "asked", group.Prompt ?? "(no words)", null, cancellationToken);
        foreach (var part in group.Tasks)
        {
            var lead = MemberKey.OfAgent(part.AgentId);
            var entry = part.Role switch
            {
                GroupRole.Part => await SayAsync(
                    group, EntryKind.Progress, MemberKind.System, MemberKind.System, $"part:{part.TaskId}", $"{members.GetValueOrDefault(lead, part.AgentId)} is to do this part:\n\n{part.Prompt}", part.TaskId,
                    cancellationToken),
                GroupRole.Join => await SayAsync(
                    group, EntryKind.Progress, lead, members.GetValueOrDefault(lead, part.AgentId), $"join:{part.TaskId}", "Joins the parts.", part.TaskId, cancellationToken),
                _ => asked,
            };
            await FollowAsync(group.GroupId, entry, asked, part, cancellationToken);
        }
    }

    /// <summary>By their keys, the names.</summary>
    private async Task<Dictionary<string, string>> MembersAsync(WorkingGroup group, CancellationToken cancellationToken)
    {
        var members = (await registry.FindAgentsAsync(new(group.Agents), cancellationToken)).Items.ToDictionary(agent => MemberKey.OfAgent(agent.Id), agent => agent.Name);
        foreach (var user in (await identity.FindUsersAsync(new([group.Owner]), cancellationToken)).Items.Where(user => user.Id == group.Owner))
        {
            members[MemberKey.OfUser(user.Id)] = user.Name;
        }

        return members;
    }

    private async Task MakeAsync(WorkingGroup group, Dictionary<string, string> members, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var owner = MemberKey.OfUser(group.Owner);
        string[] keys = [.. members.Keys], names = [.. members.Values];
        await using var transaction = await GroupTransaction.BeginAsync(db, cancellationToken);
        var made = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO groups (id, name, visibility, created_by, created_at, last_seq)
            VALUES ({group.GroupId}, {NameOf(group.Prompt)}, {GroupVisibility.Private}, {owner}, {now}, 0) ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        if (made == 1)
        {
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO group_members (group_id, member, name, joined_at, read_seq) SELECT {group.GroupId}, m.key, m.name, {now}, 0 FROM unnest({keys}, {names}) m (key, name)",
                cancellationToken);
            await db.TellAsync(group.GroupId, keys, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>What becomes of the part is told as an answer to the entry. Tried again, it is another task.</summary>
    private async Task FollowAsync(string groupId, Guid entry, Guid thread, WorkingPart part, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO group_works (entry_id, agent_id, group_id, thread, at, task_id) VALUES ({entry}, {part.AgentId}, {groupId}, {thread}, {now}, {part.TaskId})
            ON CONFLICT (entry_id, agent_id) DO UPDATE SET task_id = excluded.task_id, at = excluded.at, ended_at = NULL WHERE group_works.task_id <> excluded.task_id
            """,
            cancellationToken);
    }

    private async Task<Guid> SayAsync(WorkingGroup group, string kind, string author, string name, string key, string content, string? taskId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var said = await log.AppendAsync(
            new(Guid.CreateVersion7(now), group.GroupId, kind, author, name, content, now) { IsReport = true, TaskId = taskId, DedupKey = key }, cancellationToken);
        return said.Fault is { } fault ? throw new InvalidOperationException(fault.Text) : said.Id;
    }

    private static string NameOf(string? prompt)
    {
        var line = (prompt ?? "").Split('\n', 2)[0].Trim();
        return line.Length == 0 ? "Work" : line.Cut(LongestName, "…");
    }
}
