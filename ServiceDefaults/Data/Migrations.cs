using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Agents.ServiceDefaults.Data;

/// <summary>
/// Brings the database up to date before the service listens. Replicas that start together take turns under an
/// advisory lock; a database that is not there yet is waited for.
/// </summary>
internal sealed partial class Migrations<TDb>(IServiceScopeFactory scopes, TimeProvider time, ILogger<Migrations<TDb>> log) : IHostedLifecycleService
    where TDb : ServiceDb
{
    /// <summary>Any number, as long as every replica takes the same; "agents" on a telephone's keys.</summary>
    private const long LockKey = 243687;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>Before anything of the service starts, because all of it asks the database.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await MigrateAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException e) when (e.IsTransient || e is not PostgresException)
            {
                Log.NotThere(log, e.Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        await CreateMissingAsync(db, cancellationToken);
        // The lock belongs to the connection, so the connection has to stay open around the migration.
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({LockKey})", cancellationToken);
        try
        {
            var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            if (pending.Count > 0)
            {
                // An index over millions of rows takes its time.
                db.Database.SetCommandTimeout(Longest);
                await db.Database.MigrateAsync(cancellationToken);
                Log.Migrated(log, string.Join(", ", pending));
            }
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    /// <summary>A server in the cloud may come without our databases.</summary>
    private async Task CreateMissingAsync(TDb db, CancellationToken cancellationToken)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
        {
            return;
        }

        try
        {
            await creator.CreateAsync(cancellationToken);
            Log.Created(log, db.Database.GetDbConnection().Database);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another replica was faster.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The database is not there yet: {Reason}")]
        public static partial void NotThere(ILogger log, string reason);

        [LoggerMessage(LogLevel.Information, "Created the database {Database}")]
        public static partial void Created(ILogger log, string database);

        [LoggerMessage(LogLevel.Information, "Migrated: {Migrations}")]
        public static partial void Migrated(ILogger log, string migrations);
    }
}
