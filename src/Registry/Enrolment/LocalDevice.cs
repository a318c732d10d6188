using Agents.ServiceDefaults.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Enrolment;

/// <summary>
/// The app host makes its own machine a device: it gives us and the daemon one token, AGENTS_LOCAL_DEVICE_TOKEN, which is good
/// for one enrolment like any other.
/// </summary>
internal sealed class LocalDevice(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider time) : IHostedService
{
    private const string Owner = "system";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["AGENTS_LOCAL_DEVICE_TOKEN"] is not { Length: > 0 } token)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RegistryDb>();
        var (hash, now) = (Opaque.Hash(token), time.GetUtcNow());
        // Unused since the last start: good for another day.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO enrolment_tokens (id, hash, owner, created_at, expires_at) VALUES ({Guid.NewGuid()}, {hash}, {Owner}, {now}, {now + Lifetime})
            ON CONFLICT (hash) DO UPDATE SET expires_at = excluded.expires_at WHERE enrolment_tokens.used_at IS NULL
            """,
            cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
