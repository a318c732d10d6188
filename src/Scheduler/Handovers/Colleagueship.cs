using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Npgsql;

namespace Agents.Scheduler.Handovers;

/// <summary>Who could do something for a task: the agents that its owner may use.</summary>
internal sealed class Colleagueship(Fleet fleet, NpgsqlDataSource postgres)
{
    private const string Taken =
        """
        SELECT agent_id, count(*)::int
        FROM (SELECT agent_id FROM live WHERE stage = 3 AND holder IS NOT NULL UNION ALL SELECT agent_id FROM ending) taken GROUP BY agent_id
        """;

    public async Task<IReadOnlyList<Colleague>> OfAsync(LiveRun run, int most, CancellationToken cancellationToken)
    {
        var owner = HandingOver.OwnerOf(run);
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        var chain = await connection.ChainAsync(run.Task, cancellationToken);
        await using var command = connection.Statement(Taken);
        var taken = (await command.ListAsync(row => (Agent: row.GetString(0), Count: row.GetInt32(1)), cancellationToken)).ToDictionary(row => row.Agent, row => row.Count);
        return
        [
            .. fleet.Workers().Workers.Where(worker => owner.Sees(worker.Agent))
                // Those who are there first.
                .OrderBy(worker => worker.Holder is null).ThenBy(worker => worker.Id, StringComparer.Ordinal).Take(most)
                .Select(worker => Of(worker, taken.GetValueOrDefault(worker.Id), run, HandoverRules.Blocked(worker, chain))),
        ];
    }

    private static Colleague Of(Worker worker, int running, LiveRun run, string? refused)
    {
        var agent = worker.Agent;
        return new(
            agent.Id, agent.Name, agent.Role, agent.PostId, [.. agent.Capabilities.Concat(worker.Device?.Capabilities ?? []).Distinct()], worker.Holder is not null, running,
            worker.Concurrency, agent.Id == run.Agent, refused);
    }
}
