using Agents.Contracts.Realtime;
using Agents.Realtime.Backplane;
using Agents.Realtime.Presence;
using Agents.Realtime.Work;
using Microsoft.Extensions.Options;

namespace Agents.Realtime.Hub;

/// <summary>How a connection begins and ends, the same in every dialect.</summary>
internal sealed class Welcome(
    Connections connections, PresenceBook presence, Roster roster, Evictions evictions, Neighbours neighbours, WordPipe words,
    TaskFollower follower, TimeProvider time, IOptions<HubOptions> options, ILogger<Connection> log)
{
    private static readonly TimeSpan ListLimit = TimeSpan.FromSeconds(60);

    public async ValueTask<Connection> OpenAsync(Peer peer, IDialect dialect, ILink link, CancellationToken cancellationToken)
    {
        var connection = new Connection(peer, dialect, link, options.Value, time, log);
        connection.NextBeatAt = time.GetTimestamp() + (long)(options.Value.HeartbeatInterval.TotalSeconds * time.TimestampFrequency);
        await follower.PrepareAsync(peer);
        follower.Enter(connection, () =>
        {
            connection.Send(new HeartbeatOut((int)options.Value.HeartbeatInterval.TotalSeconds));
            connection.Send(Greeting(connection));
        });
        connections.Add(connection);
        presence.Joined(connection);
        words.Joined(connection);
        if (peer is PersonPeer person)
        {
            _ = ListAsync(connection, person);
        }

        try
        {
            await evictions.CheckAsync(connection, cancellationToken);
            return connection;
        }
        catch
        {
            End(connection);
            throw;
        }
    }

    public void End(Connection connection)
    {
        connections.Remove(connection);
        presence.Left(connection);
        words.Left(connection);
        follower.Left(connection);
    }

    private IReadOnlyList<PresenceChange> Online(PersonPeer person) =>
        [.. presence.Online(person.Sees).Concat(neighbours.Online(person.Sees)).DistinctBy(change => change.Agent.Id)];

    private AuthOk Greeting(Connection connection)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var interval = (int)options.Value.HeartbeatInterval.TotalSeconds;
        return connection.Peer switch
        {
            DevicePeer device => new(
                connection.Id, "device", now, interval, Frame.MaxBytes, DeviceId: device.Id,
                Agents: [.. roster.CarriedBy(device.Id).Select(agent => new GreetedAgent(agent.Id, agent.Name, agent.Type))]),
            AgentPeer agent => new(connection.Id, "agent", now, interval, Frame.MaxBytes, AgentId: agent.Agent.Id),
            PersonPeer person => new(connection.Id, "client", now, interval, Frame.MaxBytes, UserId: person.Claims.Sub, AgentId: person.Watched),
            _ => throw new InvalidOperationException($"Nobody greets {connection.Peer}."),
        };
    }

    /// <summary>Who is there, in parts that fit into frames, as fast as they are read.</summary>
    private async Task ListAsync(Connection connection, PersonPeer person)
    {
        using var limit = new CancellationTokenSource(ListLimit, time);
        try
        {
            foreach (var part in ListParts.Of(Online(person)))
            {
                connection.Send(part);
                await connection.RoomAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            connection.Close(CloseCode.TooSlow, "reads too slowly");
        }
    }
}
