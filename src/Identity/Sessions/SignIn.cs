using Agents.Identity.Users;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Sessions;

/// <summary>Checks a name and a password, with the same answer and in the same time whatever is wrong about them.</summary>
internal sealed class SignIn(IdentityDb db, Passwords passwords, TimeProvider time)
{
    /// <summary>The account, or how long to wait (zero: the credentials are wrong).</summary>
    public async Task<(User? User, TimeSpan RetryAfter)> CheckAsync(
        Caller caller, string emailOrName, string password, CancellationToken cancellationToken)
    {
        var key = User.KeyOf(emailOrName);
        using var turn = await passwords.TurnAsync(cancellationToken);
        if (turn is null)
        {
            return (null, TimeSpan.FromSeconds(2));
        }

        // Asked with the turn in hand, so that a hundred guesses sent at once meet the pause like guesses in a row.
        var failures = await db.SignInFailures.AsNoTracking().SingleOrDefaultAsync(f => f.AccountKey == key, cancellationToken);
        if (failures is not null && LockOut.Left(failures.Count, failures.LastAt, time.GetUtcNow()) is var left && left > TimeSpan.Zero)
        {
            return (null, left);
        }

        var user = await db.Users.SingleOrDefaultAsync(u => u.EmailKey == key || u.NameKey == key, cancellationToken);
        if (!passwords.Verify(user?.PasswordHash, password) || user!.Disabled)
        {
            await CountFailureAsync(caller, key, user, cancellationToken);
            return (null, TimeSpan.Zero);
        }

        if (failures is not null)
        {
            await db.SignInFailures.Where(f => f.AccountKey == key).ExecuteDeleteAsync(cancellationToken);
        }

        return (user, TimeSpan.Zero);
    }

    private async Task CountFailureAsync(Caller caller, string key, User? user, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sign_in_failures (account_key, count, last_at) VALUES ({key}, 1, {now})
            ON CONFLICT (account_key) DO UPDATE SET last_at = {now},
                count = CASE WHEN sign_in_failures.last_at < {now - LockOut.ForgottenAfter} THEN 1 ELSE sign_in_failures.count + 1 END
            """,
            cancellationToken);
        db.AuditOutbox.Add(AuditEntry.Of(caller, time, "session.refused", user?.Id ?? "", "refused", key));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
