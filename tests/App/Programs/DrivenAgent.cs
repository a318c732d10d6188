using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Daemon;

namespace Agents.Tests.App.Programs;

/// <summary>A real daemon that drives a real program, which talks to a model that stands in; the server is spoken word by word.</summary>
internal sealed class DrivenAgent : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    private readonly Ccc _ccc = new();
    private readonly List<Frame> _heard = [];
    private HubStandIn? _hub;

    private DrivenAgent(ModelStandIn model) => Model = model;

    public ModelStandIn Model { get; }

    public HubSocket Socket { get; private set; } = null!;

    /// <summary>A home of its own, where the program keeps what it remembers.</summary>
    public DirectoryInfo Home { get; } = Directory.CreateTempSubdirectory("ccc-driven-");

    public string StateFolder => _ccc.StateFolder;

    /// <param name="post">Of the model's address and the home: the post's template.</param>
    public static async Task<DrivenAgent> StartAsync(Func<DrivenAgent, object> post)
    {
        var agent = new DrivenAgent(await ModelStandIn.StartAsync());
        agent._hub = await HubStandIn.StartAsync();
        (await agent._ccc.RunAsync("connect", "--token", "t", "--server", agent._hub.Address, "--device-id", "d")).Is(0);
        agent._ccc.Start("daemon");
        await agent.ConnectAsync();
        await agent.Socket.SendAsync(FrameType.AgentConfig, new { agent_id = "a1", post_id = "p1", version = 1, revision = "r1", config = post(agent) });
        await agent.NextAsync(FrameType.AgentConfig);
        return agent;
    }

    /// <summary>The next connection of the daemon.</summary>
    public async Task ConnectAsync()
    {
        Socket = await _hub!.NextAsync();
        await Socket.GreetAsync(agents: ["a1"]);
    }

    public async Task<string> OrderAsync(string prompt, string? session = null)
    {
        var task = Guid.NewGuid().ToString();
        await Socket.SendAsync(FrameType.TaskSubmit, new TaskOrder(task, 1, 20, "a1", "", prompt, null, null, session));
        await NextAsync(FrameType.TaskAccept);
        return task;
    }

    /// <summary>Its result, which is acknowledged.</summary>
    public Task<JsonElement> ResultAsync() => EndAsync(FrameType.TaskResult);

    public Task<JsonElement> ErrorAsync() => EndAsync(FrameType.TaskError);

    public async Task<JsonElement> NextAsync(string type)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!limit.IsCancellationRequested)
        {
            var frame = await Socket.NextAsync();
            _heard.Add(frame);
            if (frame.Type == type)
            {
                return frame.Payload;
            }

            Assert.False(frame.Type is FrameType.TaskError or FrameType.TaskResult, $"instead of {type}: {frame.Payload}");
        }

        throw new TimeoutException($"no {type} within {Limit}; there came {string.Join('\n', _heard.Select(frame => $"{frame.Type} {frame.Payload}"))}");
    }

    /// <summary>What it said of one kind while it worked.</summary>
    public IReadOnlyList<JsonElement> Said(string kind) =>
        [.. _heard.Where(frame => frame.Type is FrameType.TaskProgress && frame.Payload.GetProperty("kind").GetString() == kind).Select(frame => frame.Payload.GetProperty("data"))];

    /// <summary>All that has its home in its environment, wherever it got to.</summary>
    public int Processes => Directory.EnumerateDirectories("/proc").Count(folder =>
    {
        try
        {
            return int.TryParse(Path.GetFileName(folder), out _) && File.ReadAllText(Path.Combine(folder, "environ")).Contains(Home.FullName, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _ccc.DisposeAsync();
        await _hub!.DisposeAsync();
        await Model.DisposeAsync();
    }

    private async Task<JsonElement> EndAsync(string type)
    {
        var end = await NextAsync(type);
        await Socket.SendAsync(FrameType.TaskAck, new TaskAck(end.GetProperty("task_id").GetString()!, 1, true));
        return end;
    }
}
