using Agents.Contracts.Scheduler;
using Agents.Scheduler.Artifacts;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Groups;

/// <summary>Makes a task a group's, and hands out what its members are to do.</summary>
internal sealed class Gatherer(
    NpgsqlDataSource postgres, SubmitWriter writer, AfterSubmit after, Aftermath aftermath, Delivery delivery, IOptions<WorkOptions> options, TimeProvider time)
{
    /// <summary>False where the task has ended, or is a group's already.</summary>
    public async Task<bool> GatherAsync(Guid task, GroupRequest request, Caller by, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var stored = await GatherWithinAsync(connection, task, request, by.Id, cancellationToken);
        if (stored is null)
        {
            return false;
        }

        var entry = AuditEntry.Of(by, time, "task.grouped", task.ToString(), detail: $"{request.Strategy ?? GroupStrategy.All} of {string.Join(',', request.Agents)}");
        await connection.AddAuditAsync(entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        stored.Follow();
        return true;
    }

    /// <summary>Stores a task that is a group's from its first moment, in the caller's transaction, who lets it follow when that is committed.</summary>
    public async Task<(Submitted Submitted, Action Follow)> SubmitAsync(
        NpgsqlConnection connection, NewTask task, GroupRequest request, string by, CancellationToken cancellationToken)
    {
        await writer.FindLanesAsync([task], cancellationToken);
        var submitted = await writer.StoreWithinAsync(connection, [task], cancellationToken);
        if (submitted[0] is not Submitted.Stored { Existing: false })
        {
            return (submitted[0], () => { });
        }

        var handed = await GatherWithinAsync(connection, task.Id, request, by, cancellationToken);
        return (submitted[0], handed!.Follow);
    }

    /// <summary>In the caller's transaction, who lets it follow when that is committed.</summary>
    private async Task<Handed?> GatherWithinAsync(NpgsqlConnection connection, Guid task, GroupRequest request, string by, CancellationToken cancellationToken)
    {
        var strategy = request.Strategy ?? GroupStrategy.All;
        var group = new Group(
            task, Guid.CreateVersion7(time.GetUtcNow()).ToString(), strategy, strategy is GroupStrategy.Lead ? request.Lead ?? request.Agents[0] : null, request.Agents);
        if (await connection.GatherAsync(task, group.GroupId, options.Value.Lease, by, cancellationToken) is not { } gathering)
        {
            return null;
        }

        await connection.InsertGroupAsync(group, cancellationToken);
        var handed = await HandOutAsync(connection, group, gathering, FirstParts(group, gathering.Request.Prompt), cancellationToken);
        return gathering.Held is not { } held ? handed : handed with
        {
            Follow = () =>
            {
                handed.Follow();
                delivery.Cancel(held.Holder, held.Task, held.Number, CancelTaskRequest.DefaultGrace);
            },
        };
    }

    /// <summary>All from the beginning, for a group's task that is tried again.</summary>
    public async Task<Handed> AgainAsync(NpgsqlConnection connection, Group group, CancellationToken cancellationToken)
    {
        await connection.ForgetGroupTasksAsync(group.Task, cancellationToken);
        var submitted = await connection.SubmittedAsync(group.Task, cancellationToken);
        return await HandOutAsync(connection, group, submitted, FirstParts(group, submitted.Request.Prompt), cancellationToken);
    }

    public async Task<Handed> HandOutAsync(
        NpgsqlConnection connection, Group group, Gathering gathering, IReadOnlyList<Part> parts, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<NewTask> tasks = [.. parts.Select((part, place) =>
        {
            var (kept, apart) = LongContent.Of(gathering.Request with { AgentId = part.Agent, Prompt = part.Prompt }, () => Guid.CreateVersion7(now));
            return new NewTask(Guid.CreateVersion7(now), kept, gathering.Owner, SeesAll: true, now.AddMicroseconds(place), gathering.DependsOn)
            {
                Parent = group.Task,
                GroupId = group.GroupId,
                Long = apart,
            };
        })];
        await writer.FindLanesAsync(tasks, cancellationToken);
        var submitted = await writer.StoreWithinAsync(connection, tasks, cancellationToken);
        await connection.AddGroupTasksAsync(group.Task, [.. tasks.Zip(parts, (task, part) => (task.Id, part))], cancellationToken);
        return new(() =>
        {
            after.Stored(tasks, submitted);
            aftermath.Happened();
        });
    }

    private static IReadOnlyList<Part> FirstParts(Group group, string? prompt) =>
        group.Strategy is GroupStrategy.Lead
            ? [Leading.Plan(group, prompt)]
            : [.. group.Agents.Select(agent => new Part(agent, GroupRole.Member, prompt ?? ""))];
}

/// <param name="Follow">What comes after the commit.</param>
internal sealed record Handed(Action Follow);
