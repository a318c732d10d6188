using Npgsql;

namespace Agents.Scheduler.Search;

/// <summary>A task that has all terms, by its place.</summary>
internal readonly record struct Candidate(int Block, int Place);

internal static class CandidateSql
{
    private const string Blocks =
        """
        SELECT coalesce((SELECT max(block) FROM text_blocks WHERE first < $1), -1), coalesce((SELECT min(block) FROM text_blocks WHERE last >= $2), 0)
        """;

    /// <summary>First which blocks have all terms, which the index alone knows: only of those the places are read.</summary>
    private const string Found =
        """
        WITH b AS MATERIALIZED (
            SELECT era, block FROM text_terms WHERE era = ANY ($1) AND term = ANY ($2) AND block BETWEEN $3 AND $4 GROUP BY era, block HAVING count(*) = cardinality($2)
        )
        SELECT x.block, x.places FROM b
        CROSS JOIN LATERAL (SELECT block, places FROM text_terms WHERE era = b.era AND term = ANY ($2) AND block = b.block OFFSET 0) x
        """;

    /// <summary>In how many tasks of an era a term is, roughly: a list takes two bytes for each, a bitmap is for many.</summary>
    private const string Rarest =
        """
        SELECT t.term FROM unnest($2) AS t (term)
        LEFT JOIN LATERAL (SELECT sum(length(places)) AS bytes FROM text_terms WHERE era = $1 AND text_terms.term = t.term) f ON true
        ORDER BY coalesce(f.bytes, 0), t.term
        """;

    private const string Ids =
        """
        SELECT b.id FROM unnest($1, $2) WITH ORDINALITY AS c (block, place, n)
        CROSS JOIN LATERAL (SELECT encode(substring(ids FROM 16 * c.place + 1 FOR 16), 'hex')::uuid AS id FROM text_blocks WHERE text_blocks.block = c.block OFFSET 0) b
        ORDER BY c.n
        """;

    /// <summary>The last block and the first one that have something between two ids.</summary>
    public static async Task<(int Last, int First)> BlocksAsync(this NpgsqlDataSource postgres, Guid before, Guid from, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Blocks).With(before).With(from);
        return (await command.ListAsync(row => (row.GetInt32(0), row.GetInt32(1)), cancellationToken)).Single();
    }

    public static async Task<List<int>> RarestFirstAsync(this NpgsqlDataSource postgres, int era, int[] terms, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Rarest).With(era).With(terms);
        return await command.ListAsync(row => row.GetInt32(0), cancellationToken);
    }

    /// <summary>Newest first.</summary>
    public static async Task<List<Candidate>> CandidatesAsync(
        this NpgsqlDataSource postgres, int[] eras, int[] terms, int first, int last, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Found).With(eras).With(terms).With(first).With(last);
        SortedDictionary<int, Places> blocks = [];
        foreach (var (block, packed) in await command.ListAsync(row => (row.GetInt32(0), row.GetFieldValue<byte[]>(1)), cancellationToken))
        {
            var places = Places.Of(packed);
            if (blocks.TryGetValue(-block, out var others))
            {
                others.And(places);
            }
            else
            {
                blocks[-block] = places;
            }
        }

        return [.. blocks.SelectMany(each => each.Value.Falling().Select(place => new Candidate(-each.Key, place)))];
    }

    public static async Task<Guid[]> IdsAsync(this NpgsqlDataSource postgres, Candidate[] candidates, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Ids)
            .With<int[]>([.. candidates.Select(each => each.Block)])
            .With<int[]>([.. candidates.Select(each => each.Place)]);
        return [.. await command.ListAsync(row => row.GetGuid(0), cancellationToken)];
    }
}
