using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Configs;
using Agents.Realtime.Groups.Delivery;
using Agents.Realtime.Presence;
using Agents.Realtime.Work;
using Microsoft.Extensions.Options;

namespace Agents.Realtime.Hub;

/// <summary>How a connection begins and ends, the same in every dialect.</summary>
internal sealed class Welcome(
    Connections connections, PresenceBook presence, Roster roster, RegistryFeed feed, FirstLists lists, Evictions evictions, WordPipe words,
    TaskFollower follower, ConfigQueue configs, Seats seats, TimeProvider time, IOptions<HubOptions> options, ILogger<Connection> log)
{
    public async ValueTask<Connection> OpenAsync(Peer peer, IDialect dialect, ILink link, CancellationToken cancellationToken)
    {
        var connection = new Connection(peer, dialect, link, options.Value, time, log);
        connection.NextBeatAt = time.GetTimestamp() + (long)(options.Value.HeartbeatInterval.TotalSeconds * time.TimestampFrequency);
        await follower.PrepareAsync(peer);
        try
        {
            if (peer is NewcomerPeer)
            {
                connections.Open(connection);
                await evictions.CheckAsync(connection, cancellationToken);
            }
            else
            {
                await EnterAsync(connection, cancellationToken);
            }

            return connection;
        }
        catch
        {
            End(connection);
            throw;
        }
    }

    /// <summary>A newcomer has said who it is.</summary>
    public ValueTask NameAsync(Connection newcomer, AgentPeer agent, CancellationToken cancellationToken)
    {
        connections.Remove(newcomer);
        newcomer.Become(agent);
        return EnterAsync(newcomer, cancellationToken);
    }

    public void End(Connection connection)
    {
        connections.Remove(connection);
        presence.Left(connection);
        words.Left(connection);
        follower.Left(connection);
        lists.End(connection);
        seats.Left(connection);
    }

    private async ValueTask EnterAsync(Connection connection, CancellationToken cancellationToken)
    {
        Enter(connection);
        if (presence.IsOutdated(connection.Peer))
        {
            connection.Close(CloseCode.ComeAgain, "connect again");
        }

        if (connection.Peer is AgentPeer agent)
        {
            Belonging.EndWhereLost(connection, agent, roster.Find(agent.Agent.Id));
        }

        await evictions.CheckAsync(connection, cancellationToken);
    }

    /// <summary>Known before it is greeted, greeted before anybody else can send to it.</summary>
    private void Enter(Connection connection)
    {
        var relisted = presence.Joined(connection);
        var carried = CarriedBy(connection.Peer);
        follower.Enter(connection, () =>
        {
            connection.Send(new HeartbeatOut((int)options.Value.HeartbeatInterval.TotalSeconds));
            connection.Send(Greeting(connection));
        });
        if (connection.Peer.Watches)
        {
            lists.Begin(connection);
        }

        connections.Add(connection);
        words.Joined(connection);
        configs.Joined(connection);
        seats.Joined(connection);
        feed.TellDevices(relisted);
        if (connection.Peer is DevicePeer device && CarriedBy(device) != carried)
        {
            // It changed after the greeting, when it could not be told yet.
            feed.TellDevices([device.Id]);
        }

        if (connection.Peer.Watches)
        {
            _ = lists.ListAsync(connection);
        }
    }

    private IReadOnlyList<KnownAgent> CarriedBy(Peer peer) => peer is DevicePeer device ? roster.CarriedBy(device.Id) : [];

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
}
