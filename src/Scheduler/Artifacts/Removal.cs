using Agents.Scheduler.Artifacts.Stores;
using Npgsql;

namespace Agents.Scheduler.Artifacts;

/// <summary>Takes artifacts away: first for everybody, then their content, then the row. What stops half way the sweep does.</summary>
internal sealed partial class Removal(NpgsqlDataSource postgres, ArtifactStores stores, TimeProvider time, ILogger<Removal> log)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Also when its sender is gone, so it asks nobody's leave but has a limit of its own.</summary>
    public async Task DiscardAsync(Guid id, IArtifactStore store)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            await using (var connection = await postgres.OpenConnectionAsync(limit.Token))
            {
                await connection.DropArtifactAsync(id, limit.Token);
            }

            await RemoveContentAsync([(id, store.Name)], limit.Token);
        }
        catch (Exception e)
        {
            Log.Later(log, id, e.Message);
        }
    }

    /// <summary>Of one that is for nobody any more.</summary>
    public async Task FinishAsync(Artifact artifact)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            await RemoveContentAsync([(artifact.Id, artifact.Store)], limit.Token);
        }
        catch (Exception e)
        {
            Log.Later(log, artifact.Id, e.Message);
        }
    }

    /// <summary>Of those that are dropped. A store that is not there just now keeps its own until the next time.</summary>
    public async Task RemoveContentAsync(IReadOnlyList<(Guid Id, string Store)> dropped, CancellationToken cancellationToken)
    {
        foreach (var group in dropped.GroupBy(d => d.Store))
        {
            Guid[] ids = [.. group.Select(d => d.Id)];
            if (stores.Find(group.Key) is { } store)
            {
                await store.DeleteAsync(ids, cancellationToken);
                await postgres.ForgetArtifactsAsync(ids, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What is left of the artifact {Id} could not be removed at once; the sweep does it: {Reason}")]
        public static partial void Later(ILogger log, Guid id, string reason);
    }
}
