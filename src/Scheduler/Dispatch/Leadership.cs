using Agents.ServiceDefaults.Loops;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Dispatch;

/// <summary>
/// One replica leads, and only it assigns. The row is the truth: what is kept here may be old, so each claim checks the
/// epoch in its own statement.
/// </summary>
internal sealed partial class Leadership(NpgsqlDataSource postgres, IOptions<WorkOptions> options, TimeProvider time, ILogger<Leadership> log)
    : Periodic(options.Value.LeaderTerm / 4, time, log)
{
    /// <summary>Mine as long as I renew it in time; else whoever comes first after it has ended. A new one has a new epoch.</summary>
    private const string Lead =
        """
        UPDATE leadership
        SET epoch = CASE WHEN leader = $1 THEN epoch ELSE epoch + 1 END, leader = $1, until = now() + $2
        WHERE leader = $1 OR until < now()
        RETURNING epoch
        """;

    private const string Resign = "UPDATE leadership SET until = '-infinity' WHERE leader = $1";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>New with each start; machine and process are for who looks at the row.</summary>
    private readonly string _me = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid()}";
    private long _renewedAt;

    /// <summary>Raised when we begin to lead.</summary>
    public event Action? Began;

    /// <summary>Null where another one leads, or we couldn't renew it in time.</summary>
    public long? Epoch { get; private set; }

    public bool Leads => Epoch is not null && Time.GetElapsedTime(_renewedAt) < options.Value.LeaderTerm;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Epoch is not null)
        {
            Epoch = null;
            // So that the next one need not wait for the term's end.
            await using var command = postgres.CreateCommand(Resign).With(_me);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var at = Time.GetTimestamp();
        await using var command = postgres.CreateCommand(Lead).With(_me).With(options.Value.LeaderTerm);
        var epoch = await command.ExecuteScalarAsync(limit.Token) as long?;
        _renewedAt = at;
        if (epoch != Epoch)
        {
            Epoch = epoch;
            if (epoch is { } mine)
            {
                Log.Leads(log, mine);
                Began?.Invoke();
            }
            else
            {
                Log.Lost(log);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "This replica leads from now on, in epoch {Epoch}")]
        public static partial void Leads(ILogger log, long epoch);

        [LoggerMessage(LogLevel.Warning, "Another replica leads now")]
        public static partial void Lost(ILogger log);
    }
}
