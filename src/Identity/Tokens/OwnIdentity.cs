using Agents.Contracts.Identity;

namespace Agents.Identity.Tokens;

/// <summary>Identity as it sees itself: the same questions, answered from the database at hand.</summary>
internal sealed class OwnIdentity(RevocationFeed feed) : IIdentityInternal
{
    public Task<KeySet> GetKeysAsync(CancellationToken cancellationToken) => feed.GetKeysAsync(cancellationToken);

    public Task<RevocationPage> GetRevocationsAsync(long after, int wait, CancellationToken cancellationToken) =>
        feed.GetAsync(after, TimeSpan.FromSeconds(wait), cancellationToken);

    // Only who meets callers, the gateway and Realtime, trades their credentials in.
    public Task<ExchangedKey> ExchangeKeyAsync(ExchangeKey request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RedeemedTicket> RedeemTicketAsync(RedeemTicket request, CancellationToken cancellationToken) => throw new NotSupportedException();

    // And people's names are known here anyway.
    public Task<KnownUsers> FindUsersAsync(UserIds users, CancellationToken cancellationToken) => throw new NotSupportedException();
}
