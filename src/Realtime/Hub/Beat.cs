using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.ServiceDefaults.Loops;
using Microsoft.Extensions.Options;

namespace Agents.Realtime.Hub;

/// <summary>One clock for all connections: asks for heartbeats, ends who is silent, stuck, or signed in for too long.</summary>
internal sealed class Beat(Connections connections, IOptions<HubOptions> options, TimeProvider time, ILogger<Beat> log)
    : Periodic(TimeSpan.FromMilliseconds(500), time, log)
{
    private readonly HubOptions _options = options.Value;

    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetTimestamp();
        var clock = Time.GetUtcNow();
        var interval = (long)(_options.HeartbeatInterval.TotalSeconds * Time.TimestampFrequency);
        var ask = new HeartbeatOut((int)_options.HeartbeatInterval.TotalSeconds);
        foreach (var connection in connections.All)
        {
            connection.EndIfStuck();
            connection.AskIfSent();
            if (connection.Peer is NewcomerPeer newcomer && Time.GetElapsedTime(newcomer.Since) > _options.RegisterLimit)
            {
                var late = $"Register within {_options.RegisterLimit.TotalSeconds} s.";
                connection.Close(CloseCode.NotSignedIn, "it has not said who it is", new AuthError((int)ErrorCode.NotSignedIn, late));
            }
            else if (connection.Peer is PersonPeer person)
            {
                if (person.Claims.ExpiresAt < clock)
                {
                    connection.Close(CloseCode.NotSignedIn, "the access token has ended");
                }
            }
            else if (connection.SilentFor > _options.SilentAfter)
            {
                connection.Close(CloseCode.TooSlow, $"{_options.MissedHeartbeats} heartbeats missed");
            }

            if (connection.NextBeatAt <= now)
            {
                connection.NextBeatAt = now + interval;
                connection.Send(ask);
            }
        }

        return Task.CompletedTask;
    }
}
