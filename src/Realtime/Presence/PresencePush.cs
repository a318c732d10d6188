using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Backplane;
using Agents.Realtime.Hub;
using Agents.ServiceDefaults.Loops;
using Microsoft.Extensions.Options;

namespace Agents.Realtime.Presence;

/// <summary>
/// Tells those who watch of changes, gathered for a moment: <c>agent/list</c> with those that appeared, and <c>agent/status</c>
/// for each that changed, unless there are so many that the list has to do, or the dialect has none but the list.
/// </summary>
internal sealed class PresencePush(
    PresenceBook presence, Neighbours neighbours, Connections connections, FirstLists lists, IOptions<HubOptions> options, TimeProvider time,
    ILogger<PresencePush> log,
    Backplane.Backplane? backplane = null)
    : Periodic(options.Value.Gather, time, log)
{
    private const int MostStatuses = 500;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var own = presence.TakeChanges();
        List<PresenceChange> changes = [.. own.Concat(neighbours.TakeChanges()).Select(Everywhere).OfType<PresenceChange>()];
        if (changes.Count > 0)
        {
            Push(changes);
        }

        if (backplane is not null && own.Count > 0)
        {
            await backplane.TellAsync(own);
        }
    }

    /// <summary>Gone from one process is gone where no other has it; null where another had it all the time.</summary>
    private PresenceChange? Everywhere(PresenceChange change) =>
        change.Status is PresenceStatus.Offline && (neighbours.Find(change.Agent.Id) ?? presence.Find(change.Agent.Id)) is not null ? null : change;

    private void Push(List<PresenceChange> changes)
    {
        // Most people see the same: what is sent to them is made once for each dialect.
        var toAll = new Dictionary<IDialect, List<byte[]>>();
        foreach (var connection in connections.All)
        {
            // In a method of its own: what the lambda there captures is made for those who watch, not for each of ten thousand devices.
            if (connection.Peer.Watches)
            {
                PushTo(connection, changes, toAll);
            }
        }
    }

    private void PushTo(Connection connection, List<PresenceChange> changes, Dictionary<IDialect, List<byte[]>> toAll)
    {
        var peer = connection.Peer;
        var told = changes.Select(change => change.For(peer.Sees)).OfType<PresenceChange>().ToList();
        if (told.Count == 0 || lists.TryHoldBack(connection, told))
        {
            return;
        }

        var frames = !told.SequenceEqual(changes) ? Frames(connection.Dialect, told)
            : toAll.TryGetValue(connection.Dialect, out var made) ? made
            : toAll[connection.Dialect] = Frames(connection.Dialect, told);
        foreach (var frame in frames)
        {
            connection.Send(frame);
        }
    }

    public static List<byte[]> Frames(IDialect dialect, List<PresenceChange> seen)
    {
        if (!dialect.TellsStatuses)
        {
            return [.. ListParts.Of(seen).Select(part => dialect.Encode(new ChangedAgents(part))).OfType<byte[]>()];
        }

        var appeared = seen.Where(change => change.Appeared && change.Status is not PresenceStatus.Offline).ToList();
        IEnumerable<object> messages = appeared.Count > 0 ? ListParts.Of(appeared) : [];
        if (seen.Count <= MostStatuses)
        {
            messages = messages.Concat(seen.Select(Status));
        }
        else
        {
            messages = messages.Concat(ListParts.Of([.. seen.Except(appeared)]));
        }

        return [.. messages.Select(dialect.Encode).OfType<byte[]>()];
    }

    private static object Status(PresenceChange change) =>
        new AgentStatusPayload(change.Agent.Id, change.Status, Running: change.Running);
}
