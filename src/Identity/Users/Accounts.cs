using Agents.Contracts;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Data;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Users;

/// <summary>Makes accounts: for who registers, for who an admin creates, and the first admin.</summary>
internal sealed class Accounts(IdentityDb db, Passwords passwords, TimeProvider time)
{
    private const int MaxNameTries = 20;

    /// <summary>The new account, or null where the email or the name is taken.</summary>
    public async Task<User?> CreateAsync(
        Caller by, string email, string password, string? name, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        var user = new User
        {
            Id = Ids.New(time),
            Email = email.Trim(),
            EmailKey = User.KeyOf(email),
            Name = name ?? await FreeNameAsync(email, cancellationToken),
            NameKey = "",
            PasswordHash = passwords.Hash(password),
            Roles = [.. roles.Distinct()],
            CreatedAt = time.GetUtcNow(),
        };
        user.NameKey = User.KeyOf(user.Name);
        if (await db.Users.AnyAsync(u => u.EmailKey == user.EmailKey || u.NameKey == user.NameKey, cancellationToken))
        {
            return null;
        }

        db.Users.Add(user);
        db.AuditOutbox.Add(AuditEntry.Of(by.Id.Length > 0 ? by : by with { Id = user.Id }, time, "user.created", user.Id, detail: string.Join(',', user.Roles)));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            // Somebody took it between the look and the insert.
            return null;
        }

        return user;
    }

    /// <summary>What stands before the @, with a number where that is taken.</summary>
    private async Task<string> FreeNameAsync(string email, CancellationToken cancellationToken)
    {
        var wanted = email.Trim().Split('@')[0];
        for (var n = 1; n <= MaxNameTries; n++)
        {
            var name = n == 1 ? wanted : $"{wanted}-{n}";
            var key = User.KeyOf(name);
            if (!await db.Users.AnyAsync(u => u.NameKey == key, cancellationToken))
            {
                return name;
            }
        }

        return $"{wanted}-{Ids.New(time)[^8..]}";
    }
}
