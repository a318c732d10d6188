using Agents.ServiceDefaults.Search;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Scheduler.Search;

/// <summary>Up to where the texts are sealed: the last id, and the block that has it. -1: none is.</summary>
internal sealed record Sealed(Guid Last, int Block);

/// <summary>A task as it is found by a text.</summary>
internal sealed record TextOfTask(Guid Id, string? Prompt, string Type, string Owner, string? Post, string? Labels);

/// <summary>
/// Blocks of tasks whose ids follow each other, and for each term of a block where in it the term is. The rows of 64
/// blocks, an era, lie side by side, so that a new block is written into pages that are in memory.
/// </summary>
internal static class TextIndexSql
{
    public const int BlocksOfEra = 64;

    private const string Take = "SELECT last, block FROM text_sealed FOR UPDATE";
    private const string SealedNow = "SELECT last, block FROM text_sealed";
    private const string Move = "UPDATE text_sealed SET last = $1, block = $2";

    private const string Ready = "SELECT count(*) FROM (SELECT FROM tasks WHERE id > $1 AND id < $2 ORDER BY id LIMIT $3) ready";

    private static readonly string Next =
        $"SELECT id, left(prompt, {TextTerms.Looked}), type, created_by, post_id, labels FROM tasks WHERE id > $1 AND id < $2 ORDER BY id LIMIT {Places.BlockSize}";

    /// <summary>The next transaction's number, and the oldest one that is not over.</summary>
    private const string Horizon = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint, pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    private const string AddBlock = "INSERT INTO text_blocks (block, first, last, ids) VALUES ($1, $2, $3, $4)";

    /// <summary>An era of which no task is there any more.</summary>
    private const string OldEra =
        """
        SELECT min(block) / 64 FROM text_blocks
        HAVING (SELECT last FROM text_blocks WHERE block = (SELECT min(block) FROM text_blocks) / 64 * 64 + 63) < (SELECT id FROM tasks ORDER BY id LIMIT 1)
        """;

    private const string DropTerms = "DELETE FROM text_terms WHERE ctid = ANY (ARRAY(SELECT ctid FROM text_terms WHERE era = $1 LIMIT $2))";
    private const string DropBlocks = "DELETE FROM text_blocks WHERE block / 64 = $1";

    public static async Task<Sealed> SealedAsync(this NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(SealedNow);
        return (await command.ListAsync(ReadSealed, cancellationToken)).Single();
    }

    /// <summary>The row is locked until the transaction is over.</summary>
    public static async Task<Sealed> TakeSealedAsync(this NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Take);
        return (await command.ListAsync(ReadSealed, cancellationToken)).Single();
    }

    public static async Task<(long Next, long Oldest)> HorizonAsync(this NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Horizon);
        return (await command.ListAsync(row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken)).Single();
    }

    public static async Task<bool> IsBlockReadyAsync(this NpgsqlConnection connection, Guid after, Guid before, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Ready).With(after).With(before).With(Places.BlockSize);
        return await command.ExecuteScalarAsync(cancellationToken) is (long)Places.BlockSize;
    }

    public static async Task<List<TextOfTask>> NextTextsAsync(this NpgsqlConnection connection, Guid after, Guid before, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Next).With(after).With(before);
        return await command.ListAsync(row => new TextOfTask(row.GetGuid(0), row.Text(1), row.GetString(2), row.GetString(3), row.Text(4), row.Text(5)), cancellationToken);
    }

    public static async Task SealAsync(
        this NpgsqlConnection connection, int block, IReadOnlyList<TextOfTask> tasks, IEnumerable<KeyValuePair<int, List<ushort>>> terms, CancellationToken cancellationToken)
    {
        var ids = new byte[tasks.Count * 16];
        for (var n = 0; n < tasks.Count; n++)
        {
            tasks[n].Id.TryWriteBytes(ids.AsSpan(n * 16), bigEndian: true, out _);
        }

        await using var add = connection.Statement(AddBlock).With(block).With(tasks[0].Id).With(tasks[^1].Id).With(ids);
        await add.ExecuteNonQueryAsync(cancellationToken);
        await using (var copy = await connection.BeginBinaryImportAsync("COPY text_terms (era, term, block, places) FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            // In the order of the index.
            foreach (var (term, places) in terms.OrderBy(each => each.Key))
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(block / BlocksOfEra, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(term, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(block, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(Places.Pack(places), NpgsqlDbType.Bytea, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await using var move = connection.Statement(Move).With(tasks[^1].Id).With(block);
        await move.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Null where each has one.</summary>
    public static async Task<int?> OldEraAsync(this NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(OldEra);
        return await command.ExecuteScalarAsync(cancellationToken) as int?;
    }

    public static async Task<int> DropTermsAsync(this NpgsqlConnection connection, int era, int most, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(DropTerms).With(era).With(most);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task DropBlocksAsync(this NpgsqlConnection connection, int era, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(DropBlocks).With(era);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Sealed ReadSealed(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetInt32(1));
}
