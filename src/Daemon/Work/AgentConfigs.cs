using Agents.Contracts.Realtime;
using Agents.Daemon.Link;
using Agents.Daemon.State;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work;

/// <summary>
/// What each agent of this device is, as the server said last: kept on disk, so that it holds for the next task also where the
/// server is away then. The server is told when it is kept. Of each agent only the newest word waits.
/// </summary>
internal sealed partial class AgentConfigs(
    Folders folders, CarriedAgents carried, Outbox outbox, Func<string, CancellationToken, Task<AgentConfigTold?>> fetch, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, AgentConfigTold> _waiting = [];
    private readonly SemaphoreSlim _some = new(0, 1);

    /// <summary>Null where nothing was said of it yet.</summary>
    public static AgentConfigTold? Read(Folders folders, string agentId) => PrivateFile.Read(PathOf(folders, agentId), DaemonJson.Readable.AgentConfigTold);

    /// <summary>Only of agents that this device carries: of others nothing is kept.</summary>
    public void Told(AgentConfigTold told)
    {
        if (!carried.All.Any(agent => agent.Id == told.AgentId))
        {
            return;
        }

        lock (_lock)
        {
            _waiting[told.AgentId] = told;
        }

        Wake();
    }

    /// <summary>Others live here than before: what was known of those that left goes.</summary>
    public void Relisted() => Wake();

    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            await _some.WaitAsync(stop);
            try
            {
                Forget();
                while (Next() is { } told)
                {
                    await KeepAsync(told, stop);
                }
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                Log.NotKept(log, e.Message);
                await Task.Delay(PauseAfterFailure, time, stop);
                Wake();
            }
        }
    }

    private async Task KeepAsync(AgentConfigTold told, CancellationToken stop)
    {
        try
        {
            if (told.Config is null)
            {
                // Too long for a frame. Where there is none any more the agent is gone, and the list says so too.
                told = await fetch(told.AgentId, stop) ?? told;
            }

            if (RevisionOf(told.AgentId) != told.Revision)
            {
                PrivateFile.Write(PathOf(folders, told.AgentId), told, DaemonJson.Readable.AgentConfigTold);
                Log.Kept(log, told.AgentId, told.Version, told.Revision);
            }
        }
        catch
        {
            lock (_lock)
            {
                _waiting.TryAdd(told.AgentId, told);
            }

            throw;
        }

        var held = new AgentConfigHeld(told.AgentId, told.Revision, told.Version);
        await outbox.PutAsync(OutFrame.Of(FrameType.AgentConfig, held, DaemonJson.Wire.AgentConfigHeld), stop);
    }

    /// <summary>A file that is damaged is written anew.</summary>
    private string? RevisionOf(string agentId)
    {
        try
        {
            return Read(folders, agentId)?.Revision;
        }
        catch (Failure)
        {
            return null;
        }
    }

    private void Forget()
    {
        if (!Directory.Exists(folders.AgentsFolder))
        {
            return;
        }

        var here = carried.All.Select(agent => PathOf(folders, agent.Id)).ToHashSet();
        foreach (var left in Directory.EnumerateFiles(folders.AgentsFolder, "*.json").Where(file => !here.Contains(file)))
        {
            File.Delete(left);
        }
    }

    private AgentConfigTold? Next()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                return null;
            }

            var (agent, told) = _waiting.First();
            _waiting.Remove(agent);
            return told;
        }
    }

    private void Wake()
    {
        lock (_lock)
        {
            if (_some.CurrentCount == 0)
            {
                _some.Release();
            }
        }
    }

    internal static string PathOf(Folders folders, string agentId) => Path.Combine(folders.AgentsFolder, $"{agentId}.json");

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Agent {Agent} is as version {Version} of its post says from its next task on ({Revision})")]
        public static partial void Kept(ILogger log, string agent, int? version, string revision);

        [LoggerMessage(LogLevel.Warning, "What an agent is to be can't be kept just now; it goes on as it was, and it is tried again: {Problem}")]
        public static partial void NotKept(ILogger log, string problem);
    }
}
