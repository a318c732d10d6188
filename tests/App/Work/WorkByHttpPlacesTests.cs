using System.Collections.Concurrent;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>The places of an agent and of its device, when a socket's dispatch and requests reach for the same one.</summary>
public sealed class WorkByHttpPlacesTests(HastyApp app) : IClassFixture<HastyApp>
{
    private const int Tasks = 200;
    private const int Askers = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>How many at once at the most; what ends is out before what begins at the same moment.</summary>
    private const string Most =
        """
        SELECT max(here) FROM (
            SELECT sum(CASE status WHEN 'assigned' THEN 1 ELSE -1 END) OVER (ORDER BY at, CASE status WHEN 'assigned' THEN 1 ELSE 0 END) AS here
            FROM task_events WHERE agent_id = ANY ($1) AND kind = 'state' AND attempt > 0 AND status IN ('assigned', 'done', 'queued')
        ) places
        """;

    [Theory(DisplayName = "One place is never taken twice, while its socket is given tasks and requests ask for them at the same moment")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OnePlace(bool isOfDevice)
    {
        var admin = await app.AdminAsync();
        var can = Fleet.NewId("can");
        var machine = await Fleet.EnrolAsync(app, admin);
        // The place is the agent's own, or that of a device with two agents.
        (await admin.PatchAsync($"/api/v1/devices/{machine.Id}", new { concurrency = isOfDevice ? 1 : 100 })).Is(200, 0);
        var asks = await HttpAgent.MakeAsync(app, admin, isOfDevice ? 100 : 1, [can], machine.Id);
        var listens = isOfDevice ? await HttpAgent.MakeAsync(app, admin, 100, [can], machine.Id) : asks;
        await using var socket = await Worker.ConnectAsync(app, listens.Id);

        var batch = await admin.PostAsync("/api/v1/tasks/batch", new { tasks = Enumerable.Range(0, Tasks).Select(n => new { input = new { n }, requires = new { capabilities = new[] { can } }, max_attempts = 100 }) });
        batch.Is(202, 0);
        var ids = batch.Data.GetProperty("items").EnumerateArray().Select(item => item.Text("task_id")!).ToList();
        var left = new ConcurrentDictionary<string, bool>(ids.Select(id => KeyValuePair.Create(id, true)));
        var (byRequest, refused) = (0, 0);
        var listening = ListenAsync(socket, left);
        await Task.WhenAll(Enumerable.Range(0, Askers).Select(_ => AskAsync())).WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(Tasks, (long)(await Database.SingleAsync(app.App, "schedulerdb", "SELECT count(*) FROM outcomes WHERE status = 'done' AND attempt = 1 AND id = ANY ($1)", ids.Select(Guid.Parse).ToArray()))[0]);
        Assert.Equal(1L, (await Database.SingleAsync(app.App, "schedulerdb", Most, (object)new[] { asks.Id, listens.Id }))[0]);
        TestContext.Current.SendDiagnosticMessage($"{byRequest} by requests, {Tasks - byRequest} by the socket, {refused} asked in vain");
        Assert.InRange(byRequest, 5, Tasks - 5);
        Assert.False(listening.IsFaulted, listening.Exception?.ToString());

        async Task AskAsync()
        {
            while (left.Keys.ToList() is { Count: > 0 } ids)
            {
                var id = ids[Random.Shared.Next(ids.Count)];
                var answer = await asks.AcceptAsync(id);
                if (answer.Status != 200)
                {
                    // What another agent has done is none of its business any more.
                    Assert.True(answer is { Code: 3001 } || (isOfDevice && answer is { Code: 2001 }), $"{answer}");
                    Interlocked.Increment(ref refused);
                    continue;
                }

                Interlocked.Increment(ref byRequest);
                Assert.True((await asks.ResultAsync(new(id, answer.Data.GetProperty("attempt").GetInt32(), answer.Data), new { by = "http" })).Accepted);
                Assert.True(left.TryRemove(id, out var _));
            }
        }
    }

    private static async Task ListenAsync(Worker socket, ConcurrentDictionary<string, bool> left)
    {
        while (!left.IsEmpty)
        {
            Assert.True(left.TryRemove((await socket.DoAsync()).Id, out _));
        }
    }
}
