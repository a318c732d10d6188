using System.Collections.Concurrent;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Posts;

/// <summary>How a task of a crew's agent ends.</summary>
internal sealed record Play(bool Fails = false, double Cost = 0.1);

/// <summary>A device whose agents take what they are told to be, and whose tasks end as the version says that their agent had when they began.</summary>
/// <param name="silentOn">A version that it takes, and never says so.</param>
internal sealed class Crew(HubClient socket, Func<int, Play> script, int? silentOn) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> _versions = new();

    /// <summary>Tasks that ended well and badly, by the version.</summary>
    public ConcurrentDictionary<int, (int Done, int Failed)> Played { get; } = new();

    /// <summary>Which version each of its agents has.</summary>
    public IReadOnlyDictionary<string, int> Versions => _versions;

    public int With(int version) => _versions.Count(agent => agent.Value == version);

    public static async Task<Crew> StartAsync(AgentsApp app, Machine machine, Func<int, Play> script, int? silentOn = null)
    {
        var crew = new Crew(await app.DeviceSocketAsync(machine), script, silentOn);
        _ = Task.Run(crew.LiveAsync);
        return crew;
    }

    public ValueTask DisposeAsync() => socket.DisposeAsync();

    private async Task LiveAsync()
    {
        await socket.SendAsync(FrameType.Heartbeat, new { running = Array.Empty<object>() });
        while (!socket.Closed.IsCompleted)
        {
            Frame frame;
            try
            {
                frame = await socket.NextAsync();
            }
            catch (OperationCanceledException)
            {
                // Nothing came for a while.
                continue;
            }

            if (frame.Type == FrameType.AgentConfig)
            {
                await TakeAsync(frame.Payload);
            }
            else if (frame.Type == FrameType.TaskSubmit)
            {
                await PlayAsync(frame.Payload);
            }
        }
    }

    private async Task TakeAsync(JsonElement config)
    {
        var (agent, version) = (config.GetProperty("agent_id").GetString()!, config.GetProperty("version").GetInt32());
        _versions[agent] = version;
        if (version == silentOn)
        {
            return;
        }

        await socket.SendAsync(FrameType.AgentConfig, new { agent_id = agent, revision = config.GetProperty("revision").GetString(), version });
    }

    private async Task PlayAsync(JsonElement order)
    {
        var (task, attempt) = (order.GetProperty("task_id").GetString(), order.GetProperty("attempt").GetInt32());
        var version = _versions[order.GetProperty("agent_id").GetString()!];
        var play = script(version);
        Played.AddOrUpdate(version, _ => play.Fails ? (0, 1) : (1, 0), (_, so) => play.Fails ? (so.Done, so.Failed + 1) : (so.Done + 1, so.Failed));
        await socket.SendAsync(FrameType.TaskAccept, new { task_id = task, attempt });
        var usage = new { input_tokens = 100, output_tokens = 10, cost_usd = play.Cost };
        if (play.Fails)
        {
            await socket.SendAsync(FrameType.TaskError, new { task_id = task, attempt, error = "the new prompt makes no sense", kind = "bad_output", retryable = true, usage });
        }
        else
        {
            await socket.SendAsync(FrameType.TaskResult, new { task_id = task, attempt, result = new { done = true }, usage });
        }
    }
}
