using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Groups.Log;
using Agents.Realtime.Work;
using Agents.ServiceDefaults.Clients;
using Microsoft.EntityFrameworkCore;
using Refit;

namespace Agents.Realtime.Groups.Works;

/// <summary>
/// Hands in as tasks the mentions of agents whose posts want that. What it has begun when it is killed is begun anew, here or by
/// another process, and is one task all the same: Scheduler knows it by its key.
/// </summary>
internal sealed partial class WorkDesk(
    WorkBell bell, IServiceScopeFactory scopes, IPostsInternal posts, IRegistryInternal registry, ISchedulerInternal scheduler, WorkReports reports, TimeProvider time,
    ILogger<WorkDesk> log) : BackgroundService
{
    private const int MostAtOnce = 200;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await bell.WaitAsync(wait, stoppingToken);
                wait = await RoundAsync(stoppingToken) < MostAtOnce ? LookEvery : TimeSpan.Zero;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotHandedIn(log, e.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                wait = TimeSpan.Zero;
            }
        }
    }

    private async Task<int> RoundAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RealtimeDb>();
        var waiting = await db.Works.AsNoTracking().Where(work => work.TaskId == null && work.EndedAt == null).OrderBy(work => work.At).Take(MostAtOnce).ToListAsync(cancellationToken);
        if (waiting.Count > 0)
        {
            var workers = (await posts.FindMentionWorkersAsync(new([.. waiting.Select(work => work.AgentId).Distinct()]), cancellationToken)).Ids.ToHashSet();
            foreach (var work in waiting)
            {
                if (workers.Contains(work.AgentId))
                {
                    await HandInAsync(db, work, cancellationToken);
                }
                else
                {
                    await db.Works.Where(it => it.EntryId == work.EntryId && it.AgentId == work.AgentId).ExecuteDeleteAsync(cancellationToken);
                }
            }
        }

        return waiting.Count;
    }

    private async Task HandInAsync(RealtimeDb db, GroupWork work, CancellationToken cancellationToken)
    {
        var group = await db.Groups.AsNoTracking().SingleAsync(g => g.Id == work.GroupId, cancellationToken);
        var said = await db.Entries.AsNoTracking().SingleAsync(e => e.GroupId == work.GroupId && e.Id == work.EntryId, cancellationToken);
        var before = await db.Entries.AsNoTracking()
            .Where(e => e.GroupId == work.GroupId && e.Seq < said.Seq && e.Kind == Contracts.Realtime.Groups.EntryKind.Message && e.DeletedAt == null
                && said.Thread != null && (e.Id == work.Thread || e.Thread == work.Thread))
            .OrderByDescending(e => e.Seq).Take(WorkRequest.MostBefore).ToListAsync(cancellationToken);
        before.Reverse();
        var session = await db.Works.Where(it => it.Thread == work.Thread && it.AgentId == work.AgentId && it.SessionId != null)
            .OrderByDescending(it => it.At).Select(it => it.SessionId).FirstOrDefaultAsync(cancellationToken);
        var owner = await OwnerAsync(db, group, said, work.AgentId, cancellationToken);
        try
        {
            var task = await SubmitAsync(owner, WorkRequest.Of(group, said, work.AgentId, before, session), cancellationToken);
            await reports.BeganAsync(work, task.TaskId, cancellationToken);
            await db.Works.Where(it => it.EntryId == work.EntryId && it.AgentId == work.AgentId)
                .ExecuteUpdateAsync(set => set.SetProperty(it => it.TaskId, task.TaskId), cancellationToken);
        }
        catch (ApiException e) when (SubmitFault.Of(e) is { } fault)
        {
            await reports.RefusedAsync(work, fault.Text, cancellationToken);
            var now = time.GetUtcNow();
            await db.Works.Where(it => it.EntryId == work.EntryId && it.AgentId == work.AgentId)
                .ExecuteUpdateAsync(set => set.SetProperty(it => it.EndedAt, now), cancellationToken);
        }
    }

    /// <summary>By who speaks in the group: who is in it with an agent may give it work there.</summary>
    private async Task<SubmittedTask> SubmitAsync(string owner, SubmitTaskRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await scheduler.SubmitAsync(new(owner, [Contracts.Roles.Operator], request), cancellationToken);
        }
        catch (ApiException e) when (e.StatusCode is System.Net.HttpStatusCode.BadRequest && request.SessionId is not null)
        {
            // The conversation is not there any more: what was said before stands in the input.
            return await scheduler.SubmitAsync(new(owner, [Contracts.Roles.Operator], request with { SessionId = null }), cancellationToken);
        }
    }

    /// <summary>Whose task it is: of the person who said it, or stands behind it; else of the agent's owner.</summary>
    private async Task<string> OwnerAsync(RealtimeDb db, Group group, LogEntry said, string agentId, CancellationToken cancellationToken)
    {
        var root = said.Root == said.Id ? said.Author
            : await db.Entries.Where(e => e.GroupId == said.GroupId && e.Id == said.Root).Select(e => e.Author).SingleOrDefaultAsync(cancellationToken);
        foreach (var key in new[] { said.Author, root, group.CreatedBy })
        {
            if (key is not null && MemberKey.Split(key) is (Contracts.Realtime.Groups.MemberKind.User, var person))
            {
                return person;
            }
        }

        return (await registry.GetAgentAsync(agentId, cancellationToken).OrNoneAsync())?.Owner ?? Contracts.Realtime.Groups.MemberKind.System;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Mentions that are work can't be handed in just now; it is tried again: {Reason}")]
        public static partial void NotHandedIn(ILogger log, string reason);
    }
}
