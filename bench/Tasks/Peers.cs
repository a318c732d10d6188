using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Agents.Bench.Tasks;

/// <summary>What a peer's own program measured.</summary>
/// <param name="Told">How it was set up.</param>
/// <param name="SubmitsPerSecond">Acknowledged while the worker works.</param>
internal sealed record PeerTurn(string Told, double PerSecond, double SubmitsPerSecond, double P50, double P99);

/// <summary>Other queues, on the same PostgreSQL or a Redis of their own: the programs of bench/peers, by Node.js.</summary>
internal sealed class Peers(NpgsqlConnectionStringBuilder postgres, RedisServer? redis)
{
    public const string PgBoss = "pg-boss";
    public const string GraphileWorker = "graphile-worker";
    public const string BullMq = "bullmq";

    private const string Database = "bench_peers";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public IReadOnlyList<string> Names { get; } = redis is null ? [PgBoss, GraphileWorker] : [PgBoss, GraphileWorker, BullMq];

    private static string Folder { get; } = FindFolder();

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            // Not ci, which wants the optional packages of all platforms in the lock file: not every registry has them.
            await RunAsync("npm", ["install", "--no-save", "--no-audit", "--no-fund"], cancellationToken);
        }

        await using var source = NpgsqlDataSource.Create(postgres);
        await using var create = source.CreateCommand($"CREATE DATABASE {Database}");
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <param name="way"><c>single</c>, <c>batch</c> or <c>latency</c>.</param>
    public async Task<PeerTurn> MeasureAsync(string peer, string way, int count, int callers, CancellationToken cancellationToken)
    {
        var said = await RunAsync(
            "node", ["run.mjs", peer, way, count.ToString(CultureInfo.InvariantCulture), callers.ToString(CultureInfo.InvariantCulture)], cancellationToken);
        return JsonSerializer.Deserialize<PeerTurn>(said.TrimEnd().Split('\n')[^1], Json) ?? throw new InvalidOperationException($"{peer} said nothing.");
    }

    private async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = Folder, RedirectStandardOutput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PGHOST"] = postgres.Host;
        start.Environment["PGPORT"] = postgres.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = postgres.Username;
        start.Environment["PGPASSWORD"] = postgres.Password;
        start.Environment["PGDATABASE"] = Database;
        start.Environment["REDIS_PORT"] = $"{redis?.Port}";
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} in {Folder} ended with {process.ExitCode}.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "bench", "peers") is var peers && File.Exists(Path.Combine(peers, "package.json")))
            {
                return peers;
            }
        }

        throw new DirectoryNotFoundException("bench/peers is not above the program.");
    }
}
