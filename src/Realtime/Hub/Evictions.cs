using Agents.Contracts.Identity;
using Agents.Contracts.Realtime;
using Agents.ServiceDefaults.Revocations;

namespace Agents.Realtime.Hub;

/// <summary>Cuts the sockets of people whose session ended or whose tokens were revoked, as soon as Identity's feed tells.</summary>
internal sealed class Evictions(RevokedTokens revoked, Connections connections) : IHostedService
{
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

    private void Cut(Revocation revocation)
    {
        foreach (var connection in connections.All)
        {
            if (connection.Peer is PersonPeer person && Concerns(revocation, person))
            {
                connection.Close(CloseCode.NotSignedIn, "signed out");
            }
        }
    }

    private static bool Concerns(Revocation revocation, PersonPeer person) => revocation.Kind is RevocationKind.Session
        ? person.Claims.Sid == revocation.Subject
        : person.Claims.Sub == revocation.Subject && person.Claims.Ver < revocation.Version;
}
