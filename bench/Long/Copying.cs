using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Bench.Long;

/// <summary>Rows into one table by COPY, chunk by chunk and each chunk a commit.</summary>
internal sealed class Copying(NpgsqlDataSource scheduler, string sql, Func<NpgsqlBinaryImporter, PastTask, CancellationToken, Task> rows)
{
    private readonly Channel<PastTask[]> _chunks = Channel.CreateBounded<PastTask[]>(2);

    public ValueTask AddAsync(PastTask[] chunk, CancellationToken cancellationToken) => _chunks.Writer.WriteAsync(chunk, cancellationToken);

    public void Complete() => _chunks.Writer.Complete();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await scheduler.OpenConnectionAsync(cancellationToken);
        await foreach (var chunk in _chunks.Reader.ReadAllAsync(cancellationToken))
        {
            await using var copy = await connection.BeginBinaryImportAsync(sql, cancellationToken);
            copy.Timeout = TimeSpan.FromMinutes(10);
            foreach (var task in chunk)
            {
                await rows(copy, task, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }
    }
}

internal static class CopyingRows
{
    public static async Task RowAsync(this NpgsqlBinaryImporter copy, CancellationToken cancellationToken, params (object? Value, NpgsqlDbType Type)[] values)
    {
        await copy.StartRowAsync(cancellationToken);
        foreach (var (value, type) in values)
        {
            if (value is null)
            {
                await copy.WriteNullAsync(cancellationToken);
            }
            else
            {
                await copy.WriteAsync(value, type, cancellationToken);
            }
        }
    }
}
