using Refit;

namespace Agents.Contracts.Identity;

/// <summary>What Identity tells the other services. Never routed by the gateway.</summary>
public interface IIdentityInternal
{
    [Get("/.well-known/jwks.json")]
    Task<KeySet> GetKeysAsync(CancellationToken cancellationToken);

    /// <summary>Answers at once when there is something after the number, else when there is, else empty after <paramref name="wait"/> seconds.</summary>
    [Get("/internal/revocations")]
    Task<RevocationPage> GetRevocationsAsync(long after, int wait, CancellationToken cancellationToken);

    /// <summary>An access token for an API key.</summary>
    [Post("/internal/keys/exchange")]
    Task<ExchangedKey> ExchangeKeyAsync([Body] ExchangeKey request, CancellationToken cancellationToken);

    /// <summary>An access token for a one-use socket ticket.</summary>
    [Post("/internal/tickets/redeem")]
    Task<RedeemedTicket> RedeemTicketAsync([Body] RedeemTicket request, CancellationToken cancellationToken);

    /// <summary>Those of them that there are, by their ids or by their names.</summary>
    [Post("/internal/users/known")]
    Task<KnownUsers> FindUsersAsync([Body] UserIds users, CancellationToken cancellationToken);
}

public sealed record UserIds(IReadOnlyList<string> Ids);

public sealed record KnownUsers(IReadOnlyList<KnownUser> Items);

public sealed record KnownUser(string Id, string Name);

/// <summary>RFC 7517, the public halves of the signing keys.</summary>
public sealed record KeySet(IReadOnlyList<PublicKey> Keys);

/// <summary>An EC key on P-256; the names are the RFC's.</summary>
public sealed record PublicKey(string Kty, string Crv, string X, string Y, string Kid, string Use, string Alg);

/// <param name="Last">The newest number there is; smaller than asked after means that the feed began anew.</param>
public sealed record RevocationPage(long Last, IReadOnlyList<Revocation> Items);

/// <param name="Subject">A session's id, or a user's.</param>
/// <param name="Version">For a user: tokens with a smaller <c>ver</c> are no good.</param>
/// <param name="ExpiresAt">When the last token that this could concern has ended.</param>
public sealed record Revocation(long Seq, RevocationKind Kind, string Subject, int Version, DateTimeOffset ExpiresAt);

public enum RevocationKind
{
    Session,
    User,
}

public sealed record ExchangeKey(string Key);

public sealed record ExchangedKey(string AccessToken, DateTimeOffset ExpiresAt);

public sealed record RedeemTicket(string Ticket);

public sealed record RedeemedTicket(string AccessToken);
