using System.Collections.Concurrent;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;

namespace Agents.Realtime.Groups.Delivery;

/// <summary>Everybody who is connected here and whose dialect knows groups, and for whom it is to be looked anew which groups he is in.</summary>
internal sealed class Seats(Rooms rooms, Roster roster, Connections connections, AckBook acks)
{
    private readonly ConcurrentDictionary<string, Seat> _seats = new();
    private readonly WaitingSet<Seat> _waiting = new();

    public void Joined(Connection connection)
    {
        if (connection.Dialect.KnowsGroups && connection.Peer is not PersonPeer { Watched: not null })
        {
            var seat = new Seat(connection, connection.Dialect.Acknowledges ? null : new(connection, acks));
            _seats[connection.Id] = seat;
            _waiting.Put([seat]);
        }
    }

    public void Left(Connection connection)
    {
        if (_seats.TryRemove(connection.Id, out var seat))
        {
            seat.Leave(rooms);
        }
    }

    public Seat? Of(Connection connection) => _seats.GetValueOrDefault(connection.Id);

    public void Look(Seat seat) => _waiting.Put([seat]);

    public void LookAll() => _waiting.Put(_seats.Values);

    /// <summary>It carries others than before.</summary>
    public void DeviceChanged(string deviceId)
    {
        if (connections.Find(DevicePeer.KeyOf(deviceId)) is { } device && Of(device) is { } seat)
        {
            _waiting.Put([seat]);
        }
    }

    /// <summary>A member came or left.</summary>
    public void MemberChanged(string member)
    {
        var (kind, id) = MemberKey.Split(member);
        if (kind != Contracts.Realtime.Groups.MemberKind.Agent)
        {
            _waiting.Put(_seats.Values.Where(seat => seat.Connection.Peer is PersonPeer person && person.Claims.Sub == id));
            return;
        }

        var device = roster.Find(id)?.DeviceId is { } carrier ? connections.Find(DevicePeer.KeyOf(carrier)) : null;
        _waiting.Put(new[] { device, connections.Find(AgentPeer.KeyOf(id)) }.OfType<Connection>().Select(Of).OfType<Seat>());
    }

    public Task<IReadOnlyList<Seat>> TakeAsync(int most, CancellationToken cancellationToken) => _waiting.TakeAsync(most, cancellationToken);

    /// <summary>The members that a connection stands for.</summary>
    public IReadOnlyList<string> KeysOf(Connection connection) => connection.Peer switch
    {
        DevicePeer device => [.. roster.CarriedBy(device.Id).Select(agent => MemberKey.OfAgent(agent.Id))],
        AgentPeer agent => [MemberKey.OfAgent(agent.Agent.Id)],
        PersonPeer person => [MemberKey.OfUser(person.Claims.Sub)],
        _ => [],
    };
}
