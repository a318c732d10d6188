using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Artifacts.Stores;

/// <summary>The stores that are configured.</summary>
internal sealed class ArtifactStores : IDisposable
{
    private readonly List<IArtifactStore> _all;

    public ArtifactStores(NpgsqlDataSource postgres, IOptions<StoreOptions> options, TimeProvider time)
    {
        _all = [new PostgresStore(postgres)];
        if (options.Value.S3 is { } s3)
        {
            _all.Add(new S3Store(s3, time));
        }

        if (options.Value.Azure is { } azure)
        {
            _all.Add(new AzureStore(azure, time));
        }
    }

    /// <summary>Where new ones go. The database is always there; what is configured besides is preferred.</summary>
    public IArtifactStore Chosen => _all[^1];

    public IArtifactStore? Find(string name) => _all.Find(store => store.Name == name);

    public void Dispose()
    {
        foreach (var store in _all.OfType<IDisposable>())
        {
            store.Dispose();
        }
    }
}

/// <summary>Says once, at the start, where files go, and why they can't where a bucket is missing or a key is wrong.</summary>
internal sealed partial class StoreCheck(ArtifactStores stores, ILogger<StoreCheck> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var store = stores.Chosen;
        try
        {
            await store.CheckAsync(stoppingToken);
            Log.Goes(log, store.Name, store.Address);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Log.Fails(log, store.Name, store.Address, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Artifacts go to {Store}: {Address}")]
        public static partial void Goes(ILogger log, string store, string address);

        [LoggerMessage(LogLevel.Error, "Artifacts go to {Store}, {Address}, and cannot be kept there just now: {Reason}")]
        public static partial void Fails(ILogger log, string store, string address, string reason);
    }
}
