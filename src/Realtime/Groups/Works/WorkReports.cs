using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Groups.Log;
using Agents.Realtime.Presence;

namespace Agents.Realtime.Groups.Works;

/// <summary>Tells in its thread what becomes of work that was asked for there. What is told twice is stored once.</summary>
internal sealed class WorkReports(MessageLog log, PostStaff staff, Roster roster, TimeProvider time)
{
    public Task BeganAsync(GroupWork work, string taskId, CancellationToken cancellationToken) =>
        AddAsync(work, EntryKind.Progress, taskId, "began", "Has been given this as a task.", null, cancellationToken);

    public Task RefusedAsync(GroupWork work, string why, CancellationToken cancellationToken) =>
        AddAsync(work, EntryKind.Notice, null, "refused", $"{NameOf(work)} could not be given this as a task: {why}", null, cancellationToken);

    /// <param name="number">Of the event up to which this tells.</param>
    public Task ProgressedAsync(GroupWork work, long number, string text, CancellationToken cancellationToken) =>
        AddAsync(work, EntryKind.Progress, work.TaskId, $"{number}", text, null, cancellationToken);

    public async Task EndedAsync(GroupWork work, TaskStanding task, CancellationToken cancellationToken)
    {
        if (task.Status == TaskStatus.Done)
        {
            var said = await AddAsync(work, EntryKind.Message, work.TaskId, "end", ResultText.Of(task), task.Usage, cancellationToken);
            if (said.Fault is { } fault)
            {
                await AddAsync(work, EntryKind.Notice, work.TaskId, "unsaid", $"{NameOf(work)} is done; what it came to is the result of task {work.TaskId}. {fault.Text}", task.Usage, cancellationToken);
            }

            return;
        }

        var why = task.Status == TaskStatus.Canceled ? "was canceled" : $"failed ({task.Error?.Kind}): {task.Error?.Message}";
        await AddAsync(work, EntryKind.Notice, work.TaskId, "end", $"The task of {NameOf(work)} {why}", task.Usage, cancellationToken);
    }

    private async Task<Appended> AddAsync(
        GroupWork work, string kind, string? taskId, string what, string content, UsageSum? used, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (author, name) = kind == EntryKind.Notice ? (MemberKind.System, MemberKind.System) : (MemberKey.OfAgent(work.AgentId), NameOf(work));
        return await log.AppendAsync(
            new(Guid.CreateVersion7(now), work.GroupId, kind, author, name, content, now)
            {
                ReplyTo = work.EntryId,
                IsReport = true,
                TaskId = taskId,
                Used = used,
                DedupKey = taskId is null ? $"mention:{work.EntryId}:{work.AgentId}:{what}" : $"task:{taskId}:{what}",
                Staff = kind == EntryKind.Message ? await staff.OfMentionedAsync(content, cancellationToken) : null,
            },
            cancellationToken);
    }

    private string NameOf(GroupWork work) => roster.Find(work.AgentId)?.Name ?? work.AgentId;
}
