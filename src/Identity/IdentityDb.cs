using Agents.Identity.Keys;
using Agents.Identity.Preferences;
using Agents.Identity.Sessions;
using Agents.Identity.Tickets;
using Agents.Identity.Tokens;
using Agents.Identity.Users;
using Agents.ServiceDefaults.Data;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity;

internal sealed class IdentityDb(DbContextOptions<IdentityDb> options) : ServiceDb(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    public DbSet<SignInFailures> SignInFailures => Set<SignInFailures>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<RevocationEntry> Revocations => Set<RevocationEntry>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<SocketTicketEntry> SocketTickets => Set<SocketTicketEntry>();

    public DbSet<Preference> Preferences => Set<Preference>();

    protected override void Describe(ModelBuilder model)
    {
        User.Describe(model.Entity<User>());
        Session.Describe(model.Entity<Session>());
        RefreshToken.Describe(model.Entity<RefreshToken>());
        Identity.Sessions.SignInFailures.Describe(model.Entity<SignInFailures>());
        SigningKey.Describe(model.Entity<SigningKey>());
        RevocationEntry.Describe(model);
        ApiKey.Describe(model.Entity<ApiKey>());
        SocketTicketEntry.Describe(model.Entity<SocketTicketEntry>());
        Preference.Describe(model.Entity<Preference>());
    }
}
