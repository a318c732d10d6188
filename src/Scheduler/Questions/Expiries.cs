using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Loops;
using Npgsql;

namespace Agents.Scheduler.Questions;

/// <summary>Closes questions whose time, or whose attempt, is over. The device goes on with the default by itself.</summary>
internal sealed class Expiries(NpgsqlDataSource postgres, Leadership leadership, Aftermath aftermath, TimeProvider time, ILogger<Expiries> log)
    : Periodic(TimeSpan.FromSeconds(1), time, log)
{
    private const int MostAtOnce = 1_000;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!leadership.Leads)
        {
            return;
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        // Before those that expire, so that these are of attempts that run.
        await connection.CloseOverAsync(cancellationToken);
        var expired = await connection.ExpiredAsync(MostAtOnce, cancellationToken);
        if (expired.Count > 0
            && await connection.CloseAsync([.. expired.Select(e => new Closing(e.Task, e.Attempt, e.QuestionId, null, ClosedBy.Expired, null))], cancellationToken) is { Count: > 0 })
        {
            aftermath.Happened();
        }
    }
}
