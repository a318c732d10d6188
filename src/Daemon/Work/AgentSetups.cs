using System.Collections.Concurrent;
using Agents.Daemon.State;

namespace Agents.Daemon.Work;

/// <summary>What each agent is by the file that is kept of it. A file that did not change is not read again.</summary>
internal sealed class AgentSetups(Folders folders)
{
    private readonly ConcurrentDictionary<string, (DateTime Written, long Length, AgentSetup? Setup)> _known = new(StringComparer.Ordinal);

    /// <summary>Null where nothing was said of it yet, or nothing that can be understood: a damaged file is told anew and written anew.</summary>
    public AgentSetup? Of(string agentId)
    {
        var file = new FileInfo(AgentConfigs.PathOf(folders, agentId));
        if (!file.Exists)
        {
            return null;
        }

        if (_known.TryGetValue(agentId, out var known) && (known.Written, known.Length) == (file.LastWriteTimeUtc, file.Length))
        {
            return known.Setup;
        }

        try
        {
            var setup = AgentSetup.Of(AgentConfigs.Read(folders, agentId));
            _known[agentId] = (file.LastWriteTimeUtc, file.Length, setup);
            return setup;
        }
        catch (Exception e) when (e is Failure or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
