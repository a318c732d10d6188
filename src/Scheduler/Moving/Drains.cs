using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Loops;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Moving;

/// <summary>
/// Where a device is drained, its work goes elsewhere: what waits for one of its agents at once, what runs there at the next
/// turn's end or when its time is up. What nobody else may do stays: an agent that was asked for by name and has no post, or
/// that very machine.
/// </summary>
internal sealed class Drains(
    NpgsqlDataSource postgres, Leadership leadership, Fleet fleet, Mover mover, IOptions<WorkOptions> options, TimeProvider time, ILogger<Drains> log)
    : Periodic(TimeSpan.FromSeconds(1), time, log)
{
    private const int MostAtOnce = 1_000;
    private const string By = "drain";

    private const string Waiting =
        """
        SELECT l.id, l.lane, t.agent_id, t.post_id, t.requires, t.created_by
        FROM lanes JOIN live l ON l.lane = lanes.id JOIN tasks t ON t.id = l.id
        WHERE lanes.agent_id = ANY ($1) AND l.stage < 3 AND t.requires ->> 'device' IS NULL LIMIT $2
        """;

    private const string Held =
        """
        SELECT l.id, l.lane, t.agent_id, t.post_id, t.requires, t.created_by
        FROM live l JOIN tasks t ON t.id = l.id
        WHERE l.stage = 3 AND l.agent_id = ANY ($3) AND l.move_lane IS NULL
          AND l.holder = ANY ($1 || ARRAY(SELECT holder FROM holders WHERE instance = '' AND lease_until > now() - interval '1 minute')) AND t.requires ->> 'device' IS NULL LIMIT $2
        """;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var draining = leadership.Leads ? fleet.Workers().Workers.Where(worker => worker.Device?.Draining is true).ToList() : [];
        if (draining.Count == 0)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        string[] agents = [.. draining.Select(worker => worker.Id)];
        string[] withPost = [.. draining.Where(worker => worker.Agent.PostId is not null).Select(worker => worker.Id)];
        string[] holders = [.. draining.SelectMany(worker => new[] { HolderKey.OfAgent(worker.Id), HolderKey.OfDevice(worker.DeviceId!) }).Distinct()];

        await using var waiting = postgres.CreateCommand(Waiting).With(withPost).With(MostAtOnce);
        await MoveAsync(await waiting.ListAsync(TargetOf, limit.Token), limit.Token);
        await using var held = postgres.CreateCommand(Held).With(holders).With(MostAtOnce).With(agents);
        await MoveAsync(await held.ListAsync(TargetOf, limit.Token), limit.Token);
    }

    private async Task MoveAsync(IEnumerable<Target?> found, CancellationToken cancellationToken)
    {
        if (found.OfType<Target>().ToList() is { Count: > 0 } targets)
        {
            await mover.MoveAsync(targets, options.Value.DrainLimit, By, "Its device is drained.", deed: null, cancellationToken);
        }
    }

    /// <summary>Instead of the agent any of its post. Null where it has to stay.</summary>
    private Target? TargetOf(NpgsqlDataReader row)
    {
        var requires = row.Text(4) is { } json ? JsonSerializer.Deserialize<Requirements>(json, WireJson.Options) : null;
        var post = row.Text(3) ?? (row.Text(2) is { } asked ? fleet.Find(asked)?.PostId : null);
        return requires?.Device is not null || (row.Text(2) is not null && post is null)
            ? null
            : new(row.GetGuid(0), row.GetInt64(1), LaneKey.Of(new(PostId: post, Requires: requires), row.GetString(5)), post);
    }
}
