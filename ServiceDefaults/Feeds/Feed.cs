using Agents.ServiceDefaults.Data;
using Microsoft.EntityFrameworkCore;

namespace Agents.ServiceDefaults.Feeds;

/// <summary>A numbered feed in a service's database, which others read by long poll.</summary>
/// <param name="Channel">Where PostgreSQL notifies that something was committed.</param>
/// <param name="LockKey">Any number that nothing else in this database locks.</param>
public sealed record Feed(string Channel, long LockKey)
{
    /// <summary>
    /// To be called in the transaction that writes into the feed, after all other rows are locked and before a number is
    /// taken. Under the lock numbers are committed in their order, so a reader that has seen n has seen all up to n;
    /// and whoever listens is told when it has committed.
    /// </summary>
    public Task TakeTurnAsync(ServiceDb db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey}), pg_notify({Channel}, '')", cancellationToken);
}

public static class Feeds
{
    public static void AddFeed(this WebApplicationBuilder builder, Feed feed)
    {
        builder.Services.AddSingleton(feed);
        builder.Services.AddSingleton<PostgresEar>();
        builder.Services.AddSingleton<FeedSignal>();
        builder.Services.AddHostedService(services => services.GetRequiredService<FeedSignal>());
    }
}
