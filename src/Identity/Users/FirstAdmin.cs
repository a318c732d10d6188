using Agents.Contracts;
using Agents.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Users;

/// <summary>A new installation has one account, from AGENTS_ADMIN_EMAIL and AGENTS_ADMIN_PASSWORD.</summary>
internal sealed partial class FirstAdmin(IServiceScopeFactory scopes, IConfiguration configuration, ILogger<FirstAdmin> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        if (await db.Users.AnyAsync(cancellationToken))
        {
            return;
        }

        var email = configuration["AGENTS_ADMIN_EMAIL"] is { Length: > 0 } given ? given : "admin@localhost";
        var password = configuration["AGENTS_ADMIN_PASSWORD"] is { Length: >= 8 } secret
            ? secret
            : throw new InvalidOperationException("AGENTS_ADMIN_PASSWORD must be set for the first start, with 8 to 128 characters. The app host makes one.");
        var accounts = scope.ServiceProvider.GetRequiredService<Accounts>();
        // Null where another replica was faster.
        if (await accounts.CreateAsync(Caller.Nobody, email, password, null, [Roles.Admin], cancellationToken) is { } admin)
        {
            Log.Created(log, admin.Email);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Created the first admin, {Email}")]
        public static partial void Created(ILogger log, string email);
    }
}
