using Agents.Scheduler.Dispatch;
using Npgsql;

namespace Agents.Scheduler;

/// <summary>Looks at tasks of which it is told that something has happened. What a crash leaves behind is found by the leader's sweep.</summary>
internal abstract partial class Lookout(NpgsqlDataSource postgres, ToSee toSee, Leadership leadership, TimeProvider time, ILogger log) : BackgroundService
{
    protected const int MostAtOnce = 500;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    protected NpgsqlDataSource Postgres { get; } = postgres;

    protected abstract Task<List<Guid>> SweepAsync(CancellationToken cancellationToken);

    protected abstract Task SeeAsync(Guid[] tasks, CancellationToken cancellationToken);

    /// <summary>In one transaction; what it answers with follows the commit.</summary>
    protected async Task CommitAsync(Func<NpgsqlConnection, CancellationToken, Task<Action>> change, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await using var connection = await Postgres.OpenConnectionAsync(limit.Token);
        await using var transaction = await connection.BeginTransactionAsync(limit.Token);
        var follow = await change(connection, limit.Token);
        await transaction.CommitAsync(limit.Token);
        follow();
    }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sweptAt = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var tasks = await toSee.WaitAsync(MostAtOnce, SweepEvery, time, stoppingToken);
                if (leadership.Leads && time.GetElapsedTime(sweptAt) > SweepEvery)
                {
                    sweptAt = time.GetTimestamp();
                    tasks.UnionWith(await SweepAsync(stoppingToken));
                }

                if (tasks.Count > 0)
                {
                    await SeeAsync([.. tasks], stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RoundFailed(log, GetType().Name, e.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A round of {Work} failed; the sweep comes back to it: {Reason}")]
        public static partial void RoundFailed(ILogger log, string work, string reason);
    }
}
