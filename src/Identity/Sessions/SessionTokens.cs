using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.Identity.Tokens;
using Agents.Identity.Users;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Sessions;

/// <summary>Begins, refreshes and ends sessions.</summary>
internal sealed class SessionTokens(IdentityDb db, TokenIssuer issuer, Revocations revocations, TimeProvider time)
{
    private const int MaxClientLength = 200;
    private const string Prefix = "rt_";

    /// <summary>Successors that were never used pile up with a client that keeps its old token; so many are kept.</summary>
    private const int MaxSuccessors = 20;

    public async Task<TokenReply> BeginAsync(Caller caller, User user, string client, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var token = Opaque.New(Prefix);
        var session = new Session
        {
            Id = Ids.New(time),
            UserId = user.Id,
            CreatedAt = now,
            ExpiresAt = now + Session.IdleLimit,
            CurrentToken = Opaque.Hash(token),
            Address = caller.Address,
            Client = client[..Math.Min(client.Length, MaxClientLength)],
        };
        user.LastSeenAt = now;
        db.Sessions.Add(session);
        db.RefreshTokens.Add(new() { Hash = session.CurrentToken, SessionId = session.Id, CreatedAt = now });
        db.AuditOutbox.Add(AuditEntry.Of(caller with { Id = user.Id }, time, "session.began", session.Id));
        await db.SaveChangesAsync(cancellationToken);
        return await ReplyAsync(user, session.Id, token, cancellationToken);
    }

    /// <summary>New tokens, or null where the refresh token is no good.</summary>
    public async Task<TokenReply?> RefreshAsync(Caller caller, string token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hash = Opaque.Hash(token);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.RefreshTokens.SingleOrDefaultAsync(t => t.Hash == hash, cancellationToken) is not { } known)
        {
            return null;
        }

        // Two refreshes of one session take turns, else both could call the other's token stolen.
        var session = await db.Sessions.FromSql($"SELECT * FROM sessions WHERE id = {known.SessionId} FOR UPDATE").SingleOrDefaultAsync(cancellationToken);
        if (session is null || session.ExpiresAt < now
            || await db.Users.SingleOrDefaultAsync(u => u.Id == session.UserId && !u.Disabled, cancellationToken) is not { } user)
        {
            return null;
        }

        var verdict = RefreshRules.Judge(session.CurrentToken, hash, known.Predecessor);
        if (verdict is RefreshRules.Verdict.Stolen)
        {
            await EndAsync(caller with { Id = user.Id }, session.Id, "session.ended_by_theft", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return null;
        }

        var successor = Opaque.New(Prefix);
        session.CurrentToken = hash;
        session.ExpiresAt = now + Session.IdleLimit;
        user.LastSeenAt = now;
        db.RefreshTokens.Add(new() { Hash = Opaque.Hash(successor), SessionId = session.Id, Predecessor = hash, CreatedAt = now });
        await db.SaveChangesAsync(cancellationToken);
        await ForgetOldSuccessorsAsync(session.Id, hash, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await ReplyAsync(user, session.Id, successor, cancellationToken);
    }

    public async Task LogOutAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await EndAsync(caller, caller.SessionId, "session.ended", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>False where the caller has no such session.</summary>
    public async Task<bool> EndOwnAsync(Caller caller, string sessionId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.Sessions.AnyAsync(s => s.Id == sessionId && s.UserId == caller.Id, cancellationToken))
        {
            return false;
        }

        await EndAsync(caller, sessionId, "session.ended", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task EndAsync(Caller caller, string sessionId, string action, CancellationToken cancellationToken)
    {
        // Its refresh tokens go with it.
        await db.Sessions.Where(s => s.Id == sessionId).ExecuteDeleteAsync(cancellationToken);
        await revocations.EndSessionAsync(sessionId, cancellationToken);
        db.AuditOutbox.Add(AuditEntry.Of(caller, time, action, sessionId));
        await db.SaveChangesAsync(cancellationToken);
    }

    private Task ForgetOldSuccessorsAsync(string sessionId, byte[] current, CancellationToken cancellationToken) =>
        db.RefreshTokens
            .Where(t => t.SessionId == sessionId && t.Predecessor == current)
            .OrderByDescending(t => t.CreatedAt)
            .Skip(MaxSuccessors)
            .ExecuteDeleteAsync(cancellationToken);

    private async Task<TokenReply> ReplyAsync(User user, string sessionId, string refreshToken, CancellationToken cancellationToken) =>
        new(
            await issuer.IssueAsync(user, sessionId, user.Roles, cancellationToken),
            (int)AccessToken.Lifetime.TotalSeconds,
            refreshToken);
}
