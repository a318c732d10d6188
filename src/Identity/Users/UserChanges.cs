using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.Identity.Tokens;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Users;

/// <summary>Changes to accounts that end tokens, or could lock everybody out.</summary>
internal sealed class UserChanges(IdentityDb db, Revocations revocations, TimeProvider time)
{
    public enum Outcome
    {
        Done,
        Missing,
        NameTaken,
        LastAdmin,
    }

    public async Task<(Outcome Outcome, User? User)> ApplyAsync(
        Caller by, string id, ChangeUserRequest change, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } user)
        {
            return (Outcome.Missing, null);
        }

        if (change.Name is { } name)
        {
            var key = User.KeyOf(name);
            if (await db.Users.AnyAsync(u => u.NameKey == key && u.Id != id, cancellationToken))
            {
                return (Outcome.NameTaken, null);
            }

            (user.Name, user.NameKey) = (name, key);
        }

        var roles = change.Roles?.Distinct().ToList() ?? user.Roles;
        var disabled = change.Disabled ?? user.Disabled;
        if ((disabled || !roles.Contains(Roles.Admin)) && await IsLastAdminAsync(user, cancellationToken))
        {
            return (Outcome.LastAdmin, null);
        }

        if (disabled && !user.Disabled)
        {
            await revocations.EndAllOfAsync(user, cancellationToken);
        }
        else if (!roles.ToHashSet().SetEquals(user.Roles))
        {
            // The sessions go on: their next refresh brings a token with the new roles.
            await revocations.RaiseVersionAsync(user, cancellationToken);
        }

        (user.Roles, user.Disabled) = (roles, disabled);
        db.AuditOutbox.Add(AuditEntry.Of(by, time, "user.changed", id, detail: $"roles={string.Join(',', roles)} disabled={disabled}"));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (Outcome.Done, user);
    }

    public async Task<Outcome> DeleteAsync(Caller by, string id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } user)
        {
            return Outcome.Missing;
        }

        if (await IsLastAdminAsync(user, cancellationToken))
        {
            return Outcome.LastAdmin;
        }

        await revocations.EndAllOfAsync(user, cancellationToken);
        db.Users.Remove(user);
        db.AuditOutbox.Add(AuditEntry.Of(by, time, "user.deleted", id, detail: user.Email));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Outcome.Done;
    }

    /// <summary>All admins' rows too, so that two admins who remove each other at once can't both succeed.</summary>
    private async Task<User?> LockAsync(string id, CancellationToken cancellationToken)
    {
        var rows = await db.Users
            .FromSql($"SELECT * FROM users WHERE id = {id} OR {Roles.Admin} = ANY (roles) ORDER BY id FOR UPDATE")
            .ToListAsync(cancellationToken);
        return rows.SingleOrDefault(u => u.Id == id);
    }

    private async Task<bool> IsLastAdminAsync(User user, CancellationToken cancellationToken) =>
        user.Roles.Contains(Roles.Admin) && !user.Disabled
        && !await db.Users.AnyAsync(u => u.Id != user.Id && !u.Disabled && u.Roles.Contains(Roles.Admin), cancellationToken);
}
