using System.Collections.Concurrent;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Work;

/// <summary>
/// Follows what happens to tasks, as long as somebody watches, and shows each what he may see. Who comes back with the last
/// event that he has seen is shown all since, then what happens.
/// </summary>
internal sealed partial class TaskFollower(ISchedulerInternal scheduler, TimeProvider time, ILogger<TaskFollower> log) : BackgroundService
{
    private const int WaitSeconds = 20;
    private const int MostShownAgain = 10_000;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(WaitSeconds + 5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Connection> _watching = new();
    private readonly SemaphoreSlim _came = new(0);
    private bool _failing;

    public void Joined(Connection connection)
    {
        if (connection.Peer is PersonPeer person)
        {
            if (person.LastEventId is { } last)
            {
                _ = ShowAgainAsync(connection, person, last);
            }
            else
            {
                Watch(connection);
            }
        }
    }

    public void Left(Connection connection) => _watching.TryRemove(connection.Id, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string? cursor = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (_watching.IsEmpty)
                {
                    cursor = null;
                    await _came.WaitAsync(stoppingToken);
                    continue;
                }

                var page = await AskAsync(cursor, cursor is null ? 0 : WaitSeconds, stoppingToken);
                foreach (var connection in _watching.Values)
                {
                    Show(connection, (PersonPeer)connection.Peer, page.Items);
                }

                cursor = page.Cursor;
                _failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_failing)
                {
                    Log.Lost(log, e.Message);
                }

                _failing = true;
                await Task.Delay(PauseAfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>All since that event; then he is among the watchers, and is asked for once more, so that nothing falls between.</summary>
    private async Task ShowAgainAsync(Connection connection, PersonPeer person, string last)
    {
        try
        {
            var shown = 0;
            for (var isCaughtUp = false; ;)
            {
                var page = await AskAsync(last, 0, CancellationToken.None);
                shown += Show(connection, person, page.Items);
                last = page.Cursor;
                if (shown > MostShownAgain)
                {
                    connection.Send(new ErrorPayload((int)ErrorCode.Clash, "Too much has happened since: load the list anew."));
                    Watch(connection);
                    return;
                }

                if (page.Items.Count == 0)
                {
                    if (isCaughtUp)
                    {
                        return;
                    }

                    isCaughtUp = true;
                    Watch(connection);
                }

                using var limit = new CancellationTokenSource(AnswerLimit, time);
                await connection.RoomAsync(limit.Token);
            }
        }
        catch (Exception e)
        {
            connection.Send(new ErrorPayload((int)ErrorCode.Clash, "What has happened since that event can't be told: load the list anew."));
            Watch(connection);
            Log.NotShownAgain(log, connection.Peer.Key, e.Message);
        }
    }

    private void Watch(Connection connection)
    {
        if (!connection.IsClosing)
        {
            _watching[connection.Id] = connection;
            _came.Release();
        }
    }

    private async Task<TaskEventPage> AskAsync(string? after, int wait, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerLimit);
        return await scheduler.GetEventsAsync(after, wait, limit.Token);
    }

    private static int Show(Connection connection, PersonPeer person, IReadOnlyList<TaskEventItem> events)
    {
        var shown = 0;
        foreach (var item in events)
        {
            if (Sees(person, item))
            {
                connection.Send(FrameOf(item));
                shown++;
            }
        }

        return shown;
    }

    internal static bool Sees(PersonPeer person, TaskEventItem item) =>
        (person.Watched is null || person.Watched == item.Event.AgentId)
        && (item.Owner == person.Claims.Sub || person.Claims.Roles.Contains(Roles.Admin) || person.Claims.Roles.Contains(Roles.Operator));

    internal static object FrameOf(TaskEventItem item)
    {
        var e = item.Event;
        return e.Status is { } status
            ? new TaskStatePayload(item.TaskId, e.EventId, status, e.Attempt, e.AgentId, e.At, e.Number, Error: FaultOf(e))
            : new TaskProgressPayload(item.TaskId, e.EventId, e.Number, e.Attempt, e.AgentId, e.Kind, e.Data, e.Percent, e.At);
    }

    private static TaskFault? FaultOf(TaskEventView e) =>
        e.Data is { ValueKind: System.Text.Json.JsonValueKind.Object } data && data.TryGetProperty("kind", out var kind) && data.TryGetProperty("message", out var message)
            ? new(kind.GetString() ?? "", message.GetString() ?? "")
            : null;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What happens to tasks cannot be followed; it is asked for again: {Reason}")]
        public static partial void Lost(ILogger log, string reason);

        [LoggerMessage(LogLevel.Information, "{Peer} could not be shown what happened since: {Reason}")]
        public static partial void NotShownAgain(ILogger log, string peer, string reason);
    }
}
