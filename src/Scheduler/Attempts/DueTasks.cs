using Agents.Scheduler.Dispatch;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>Queues what was to wait until now. Sleeps until the next one is due, a second at most.</summary>
internal sealed partial class DueTasks(NpgsqlDataSource postgres, Leadership leadership, Aftermath aftermath, DueBell bell, ILogger<DueTasks> log)
    : BackgroundService
{
    private const int MostAtOnce = 1_000;

    private const string Queue =
        """
        WITH due AS (
            SELECT id FROM live WHERE stage = 1 AND ready_at <= now() ORDER BY ready_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED
        ), q AS (
            UPDATE live l SET stage = 2, events = l.events + 1 FROM due WHERE l.id = ANY (ARRAY[due.id]) AND l.stage + 0 = 1
            RETURNING l.id, l.lane, l.rank, l.events, l.attempt, l.agent_id
        ), e AS (
            INSERT INTO task_events (task_id, number, kind, status, attempt, agent_id) SELECT id, events, 'state', 'queued', attempt, agent_id FROM q
        )
        SELECT lane, rank, id FROM q
        """;

    private const string Next = "SELECT extract(epoch FROM min(ready_at) - clock_timestamp())::double precision FROM live WHERE stage = 1";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = LookEvery;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await bell.WaitAsync(pause, stoppingToken);
                pause = leadership.Leads ? await RoundAsync(stoppingToken) : LookEvery;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                pause = LookEvery;
                Log.RoundFailed(log, e.Message);
            }
        }
    }

    private async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var queue = connection.Statement(Queue).With(MostAtOnce);
        var queued = await queue.ListAsync(row => (row.GetInt64(0), row.GetInt64(1), row.GetGuid(2)), cancellationToken);
        if (queued.Count > 0)
        {
            aftermath.AreQueued(queued);
            aftermath.Happened();
        }

        await using var next = connection.Statement(Next);
        var seconds = await next.ExecuteScalarAsync(cancellationToken) as double?;
        return queued.Count == MostAtOnce || seconds <= 0 ? TimeSpan.FromMilliseconds(1)
            : seconds < LookEvery.TotalSeconds ? TimeSpan.FromSeconds(seconds.Value)
            : LookEvery;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Tasks that are due could not be queued; the next look does it: {Reason}")]
        public static partial void RoundFailed(ILogger log, string reason);
    }
}
