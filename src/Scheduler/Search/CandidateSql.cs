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

    /// <summary>Of blocks that have all terms the places of each, which the index has: the rows of a term and an era stand side by side in it.</summary>
    private const string Found =
        """
        SELECT block, array_agg(places) FROM text_terms WHERE era = ANY ($1) AND term = ANY ($2) AND block BETWEEN $3 AND $4
        GROUP BY block HAVING count(*) = cardinality($2)
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
        List<Candidate> found = [];
        foreach (var (block, packed) in (await command.ListAsync(row => (row.GetInt32(0), row.GetFieldValue<byte[][]>(1)), cancellationToken)).OrderByDescending(each => each.Item1))
        {
            // The shortest first: of frequent parts that seldom meet, two leave nothing most of the time.
            Array.Sort(packed, (one, other) => one.Length.CompareTo(other.Length));
            var places = Places.Of(packed[0]);
            for (var n = 1; n < packed.Length && !places.IsEmpty; n++)
            {
                places.And(Places.Of(packed[n]));
            }

            found.AddRange(places.Falling().Select(place => new Candidate(block, place)));
        }

        return found;
    }

    public static async Task<Guid[]> IdsAsync(this NpgsqlDataSource postgres, Candidate[] candidates, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Ids)
            .With<int[]>([.. candidates.Select(each => each.Block)])
            .With<int[]>([.. candidates.Select(each => each.Place)]);
        return [.. await command.ListAsync(row => row.GetGuid(0), cancellationToken)];
    }
}
