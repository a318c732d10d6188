using Agents.Contracts.Scheduler;
using Agents.Realtime.Work;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Agents.Realtime.Groups.Works;

/// <summary>
/// Follows the tasks that mentions became, and has their threads told. One process at a time does, whoever gets the lock; if two did,
/// what they tell would be stored once.
/// </summary>
internal sealed partial class WorkFollower(
    NpgsqlDataSource postgres, IServiceScopeFactory scopes, ISchedulerInternal scheduler, TaskEventReader events, WorkReports reports, TimeProvider time, ILogger<WorkFollower> log) : BackgroundService
{
    private const int MostOpen = 10_000;
    private const int WaitSeconds = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, ToldWork> _open = [];
    private string? _cursor;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var turn = await WorkTurn.TakeAsync(postgres, stoppingToken);
                for (; turn is not null; await turn.KeepAsync(stoppingToken))
                {
                    await RoundAsync(stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotFollowed(log, e.Message);
            }

            // Whoever follows from here on, or again, looks at all that is open.
            _cursor = null;
            _open.Clear();
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        var began = await LookAsync(cancellationToken);
        if (_open.Count == 0)
        {
            _cursor = null;
            await Task.Delay(Pause, time, cancellationToken);
            return;
        }

        // What was before this moment is seen by how the tasks stand.
        _cursor ??= (await events.AskAsync(null, 0, cancellationToken)).Cursor;
        await EndAsync([.. began.Select(work => work.Work.TaskId!)], cancellationToken);
        var page = await events.AskAsync(_cursor, WaitSeconds, cancellationToken);
        foreach (var item in page.Items)
        {
            _open.GetValueOrDefault(item.TaskId)?.Happened(item.Event);
        }

        await TellAsync(cancellationToken);
        _cursor = page.Cursor;
    }

    /// <returns>Those that it did not know yet.</returns>
    private async Task<List<ToldWork>> LookAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var open = await scope.ServiceProvider.GetRequiredService<RealtimeDb>().Works.AsNoTracking()
            .Where(work => work.EndedAt == null && work.TaskId != null).OrderBy(work => work.At).Take(MostOpen).ToListAsync(cancellationToken);
        List<ToldWork> began = [];
        foreach (var work in open.Where(work => !_open.ContainsKey(work.TaskId!)))
        {
            _open[work.TaskId!] = new(work, time.GetUtcNow());
            began.Add(_open[work.TaskId!]);
        }

        return began;
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var work in _open.Values.Where(work => !work.HasEnded))
        {
            if (work.Next(time.GetUtcNow()) is { } news)
            {
                await reports.ProgressedAsync(work.Work, news.Number, news.Text, cancellationToken);
            }
        }

        await EndAsync([.. _open.Values.Where(work => work.HasEnded).Select(work => work.Work.TaskId!)], cancellationToken);
    }

    /// <summary>Of those that have ended it is told how.</summary>
    private async Task EndAsync(IReadOnlyList<string> tasks, CancellationToken cancellationToken)
    {
        foreach (var some in tasks.Chunk(TaskIds.Most))
        {
            var standing = (await scheduler.GetStandingAsync(new(some), cancellationToken)).Items.ToDictionary(task => task.TaskId);
            foreach (var id in some)
            {
                // What is not there any more was removed after its time.
                var task = standing.GetValueOrDefault(id);
                if (task is null || TaskStatus.IsEnd(task.Status))
                {
                    await EndAsync(_open[id].Work, task, cancellationToken);
                    _open.Remove(id);
                }
            }
        }
    }

    private async Task EndAsync(GroupWork work, TaskStanding? task, CancellationToken cancellationToken)
    {
        if (task is not null)
        {
            await reports.EndedAsync(work, task, cancellationToken);
        }

        await using var scope = scopes.CreateAsyncScope();
        var now = time.GetUtcNow();
        var session = task?.SessionId;
        await scope.ServiceProvider.GetRequiredService<RealtimeDb>().Works.Where(it => it.EntryId == work.EntryId && it.AgentId == work.AgentId)
            .ExecuteUpdateAsync(set => set.SetProperty(it => it.EndedAt, now).SetProperty(it => it.SessionId, session), cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The work that mentions are can't be followed just now; it is tried again: {Reason}")]
        public static partial void NotFollowed(ILogger log, string reason);
    }
}
