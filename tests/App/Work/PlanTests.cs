using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Npgsql;

namespace Agents.Tests.App.Work;

/// <summary>ADR 23: what the database plans while nothing is queued has to do when thousands are.</summary>
public sealed class PlanTests(PlanTests.OwnApp app) : IClassFixture<PlanTests.OwnApp>
{
    private const int Tasks = 4_000;
    private const int InOne = 500;

    private static readonly TimeSpan DoneLimit = TimeSpan.FromSeconds(120);

    [Fact(DisplayName = "A queue that fills up after it was empty is worked off by keys, and not by reading it again and again")]
    public async Task ByKeys()
    {
        var admin = await app.AdminAsync();
        var machine = await Fleet.EnrolAsync(app, admin);
        var agent = await Fleet.AgentAsync(admin, new { name = "steady", device_id = machine.Id, concurrency = 100 });
        await using var device = SteadyDevice.Start(app, machine);
        await using var postgres = NpgsqlDataSource.Create((await app.App.GetConnectionStringAsync("schedulerdb", TestContext.Current.CancellationToken))!);

        // So often that the plans are kept; and each new one is made with the knowledge that nothing is there.
        await DoAsync(admin, device, agent, 20, 1);
        await using (var empty = postgres.CreateCommand("VACUUM ANALYZE live, ending"))
        {
            await empty.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await DoAsync(admin, device, agent, 20, 1);
        var before = await ReadAsync(postgres);
        await DoAsync(admin, device, agent, Tasks / InOne, InOne);

        long read = 0;
        await Eventually.TrueAsync(async () => (read = await ReadAsync(postgres) - before) >= Tasks, TimeSpan.FromSeconds(10), "the statistics are told");
        Assert.True(read < 50 * Tasks, $"{read / Tasks:N0} rows of the queue were read for each task");
    }

    private static async Task DoAsync(Api admin, SteadyDevice device, string agent, int batches, int each)
    {
        var before = device.Done;
        for (var n = 0; n < batches; n++)
        {
            var tasks = Enumerable.Range(0, each).Select(_ => new { agent_id = agent, input = new { } });
            (await admin.PostAsync("/api/v1/tasks/batch", new { tasks })).Is(202, 0);
        }

        await Eventually.TrueAsync(() => Task.FromResult(device.Done - before == batches * each), DoneLimit, "all are done");
    }

    /// <summary>Entries of the queue that were looked at, also by a task's id: of each task a dozen or two, one after the other.</summary>
    private static async Task<long> ReadAsync(NpgsqlDataSource postgres)
    {
        await using var command = postgres.CreateCommand(
            """
            SELECT (SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'live')
                + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'live')::bigint
            """);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>One whose database nobody else has used.</summary>
    public sealed class OwnApp : AgentsApp;
}
