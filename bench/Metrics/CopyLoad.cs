using Agents.Bench.Load;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Bench.Metrics;

/// <summary>The rows of a report by COPY and committed, with nothing around it, into a table with the same columns and indexes.</summary>
internal sealed class CopyLoad(NpgsqlDataSource registry, IReadOnlyList<(int Series, DateTime At, double Value)> rows, int connections) : ILoad
{
    public Task CreateTableAsync(CancellationToken cancellationToken) =>
        registry.RunAsync("CREATE TABLE bench_points (LIKE metric_points INCLUDING ALL)", cancellationToken);

    public Task<Turn> RunAsync(TimeSpan duration, CancellationToken cancellationToken) => Together.RunAsync(connections, duration, () => CopyAsync(cancellationToken));

    private async Task CopyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await registry.OpenConnectionAsync(cancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync("COPY bench_points (series_id, at, value) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var (series, at, value) in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(series, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(at, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(value, NpgsqlDbType.Double, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
