using System.Collections.Concurrent;
using Agents.Contracts.Identity;
using Agents.Contracts.Realtime;
using Agents.ServiceDefaults.Revocations;

namespace Agents.Realtime.Hub;

/// <summary>Cuts the sockets of those whose credential ended, as soon as Identity's or Registry's feed tells.</summary>
internal sealed class Evictions(RevokedTokens revoked, Connections connections) : IHostedService
{
    private const int MaxKept = 10_000;
    private const string Reason = "the credential has ended";

    /// <summary>For those who were let in and do not stand in the table yet. When full, the few that are under way are out of luck.</summary>
    private readonly ConcurrentDictionary<string, int> _endedTokens = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        revoked.Revoked += Cut;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        revoked.Revoked -= Cut;
        return Task.CompletedTask;
    }

    /// <summary>Tokens of a device or an agent that are older than this version are no good.</summary>
    public void TokenEnded(string key, int version)
    {
        if (_endedTokens.Count >= MaxKept)
        {
            _endedTokens.Clear();
        }

        _endedTokens[key] = version;
        foreach (var connection in connections.GuestsOf(key).Append(connections.Find(key)).OfType<Connection>())
        {
            if (connection.Peer.Credential == key && connection.Peer.TokenVersion < version)
            {
                connection.Close(CloseCode.NotSignedIn, Reason);
            }
        }
    }

    /// <summary>Asked once it stands in the table: what ended between the question who it is and now was told to nobody.</summary>
    public async ValueTask CheckAsync(Connection connection, CancellationToken cancellationToken)
    {
        var ended = connection.Peer is PersonPeer person
            ? await revoked.ContainsAsync(person.Claims, cancellationToken)
            : _endedTokens.TryGetValue(connection.Peer.Credential, out var version) && connection.Peer.TokenVersion < version;
        if (ended)
        {
            connection.Close(CloseCode.NotSignedIn, Reason);
        }
    }

    private void Cut(Revocation revocation)
    {
        foreach (var connection in connections.All)
        {
            if (connection.Peer is PersonPeer person && Concerns(revocation, person))
            {
                connection.Close(CloseCode.NotSignedIn, Reason);
            }
        }
    }

    private static bool Concerns(Revocation revocation, PersonPeer person) => revocation.Kind is RevocationKind.Session
        ? person.Claims.Sid == revocation.Subject
        : person.Claims.Sub == revocation.Subject && person.Claims.Ver < revocation.Version;
}
