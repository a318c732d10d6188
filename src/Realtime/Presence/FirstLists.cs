using System.Collections.Concurrent;
using Agents.Contracts.Realtime;
using Agents.Realtime.Backplane;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Presence;

/// <summary>
/// What a page, or whoever else watches, is told first: who is there, in parts that fit into frames, as fast as they are read. What changes meanwhile
/// waits for its end, since a later part would say the former state after it.
/// </summary>
internal sealed class FirstLists(PresenceBook presence, Neighbours neighbours, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>By agent: only the last of its states is worth telling, so there are never more than there are agents.</summary>
    private readonly ConcurrentDictionary<Connection, Dictionary<string, PresenceChange>> _heldBack = new();

    /// <summary>Before it can be told of any change.</summary>
    public void Begin(Connection connection) => _heldBack[connection] = [];

    public async Task ListAsync(Connection connection)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            foreach (var part in ListParts.Of(Online(connection.Peer)))
            {
                connection.Send(part);
                await connection.RoomAsync(limit.Token);
            }

            while (TakeHeldBack(connection) is { } changes)
            {
                foreach (var frame in PresencePush.Frames(connection.Dialect, changes))
                {
                    connection.Send(frame);
                    await connection.RoomAsync(limit.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            connection.Close(CloseCode.TooSlow, "reads too slowly");
        }
        finally
        {
            End(connection);
        }
    }

    public void End(Connection connection) => _heldBack.TryRemove(connection, out _);

    /// <summary>False where its list is out.</summary>
    public bool TryHoldBack(Connection connection, IEnumerable<PresenceChange> changes)
    {
        if (!_heldBack.TryGetValue(connection, out var held))
        {
            return false;
        }

        lock (held)
        {
            // Its end may have come since.
            if (!_heldBack.ContainsKey(connection))
            {
                return false;
            }

            foreach (var change in changes)
            {
                var appeared = change.Appeared || held.GetValueOrDefault(change.Agent.Id) is { Appeared: true };
                held[change.Agent.Id] = change with { Appeared = appeared };
            }

            return true;
        }
    }

    /// <summary>Null when there is nothing: from then on nothing is held back.</summary>
    private List<PresenceChange>? TakeHeldBack(Connection connection)
    {
        if (!_heldBack.TryGetValue(connection, out var held))
        {
            return null;
        }

        lock (held)
        {
            if (held.Count == 0)
            {
                End(connection);
                return null;
            }

            List<PresenceChange> changes = [.. held.Values];
            held.Clear();
            return changes;
        }
    }

    private List<PresenceChange> Online(Peer peer) =>
        [.. presence.Online(peer.Sees).Concat(neighbours.Online(peer.Sees)).DistinctBy(change => change.Agent.Id)];
}
