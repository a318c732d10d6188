using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Loops;
using Agents.ServiceDefaults.Search;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Search;

/// <summary>
/// Makes tasks findable by their texts, after they were stored and not with it: whenever enough of them have come, they are
/// sealed in a block. What is not in one yet is few, and is looked at one by one.
/// </summary>
internal sealed class TextIndexing(NpgsqlDataSource postgres, Leadership leadership, IOptions<WorkOptions> options, TimeProvider time, ILogger<TextIndexing> log)
    : Periodic(options.Value.TextEvery, time, log)
{
    private const int Bite = 20_000;

    /// <summary>An id is made before its transaction begins, maybe on a machine whose clock is late.</summary>
    private readonly TimeSpan _idsAreLate = options.Value.TextAfter;

    /// <summary>Ids before this one may be sealed as soon as all transactions before that number are over: no more can come among them.</summary>
    private (Guid Before, long Transaction)? _proposed;
    private DateTimeOffset _cleanedAt;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!leadership.Leads)
        {
            return;
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        var (next, oldest) = await connection.HorizonAsync(cancellationToken);
        if (_proposed is { } proposed && proposed.Transaction <= oldest)
        {
            while (leadership.Leads && await SealAsync(connection, proposed.Before, cancellationToken))
            {
            }

            _proposed = null;
        }

        _proposed ??= (TaskPartitions.FirstId(Time.GetUtcNow() - _idsAreLate), next);
        if (Time.GetUtcNow() - _cleanedAt > options.Value.UpkeepEvery)
        {
            await DropOldAsync(connection, cancellationToken);
            _cleanedAt = Time.GetUtcNow();
        }
    }

    /// <summary>What its words are, and what else people ask for together with words.</summary>
    internal static HashSet<int> TermsOf(TextOfTask task)
    {
        HashSet<int> terms = [TextTerms.Exact('o', task.Owner), TextTerms.Exact('y', task.Type)];
        if (task.Post is { } post)
        {
            terms.Add(TextTerms.Exact('p', post));
        }

        foreach (var (name, value) in TaskSql.Labels(task.Labels))
        {
            terms.Add(TextTerms.Exact('l', name));
            terms.Add(TextTerms.Exact('l', $"{name}={value}"));
        }

        TextTerms.AddTo(terms, task.Prompt);
        return terms;
    }

    /// <summary>Whether there may be another one.</summary>
    private static async Task<bool> SealAsync(NpgsqlConnection connection, Guid before, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // A crash takes back the block together with where it stands that there is one.
        await using (var settings = connection.Statement("SET LOCAL synchronous_commit = off"))
        {
            await settings.ExecuteNonQueryAsync(cancellationToken);
        }

        var last = await connection.TakeSealedAsync(cancellationToken);
        if (!await connection.IsBlockReadyAsync(last.Last, before, cancellationToken))
        {
            return false;
        }

        var tasks = await connection.NextTextsAsync(last.Last, before, cancellationToken);
        if (tasks.Count < Places.BlockSize)
        {
            return false;
        }

        Dictionary<int, List<ushort>> terms = [];
        for (ushort place = 0; place < tasks.Count; place++)
        {
            foreach (var term in TermsOf(tasks[place]))
            {
                if (!terms.TryGetValue(term, out var places))
                {
                    terms[term] = places = [];
                }

                places.Add(place);
            }
        }

        await connection.SealAsync(last.Block + 1, tasks, terms, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task DropOldAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        while (leadership.Leads && await connection.OldEraAsync(cancellationToken) is { } era)
        {
            while (await connection.DropTermsAsync(era, Bite, cancellationToken) == Bite)
            {
            }

            await connection.DropBlocksAsync(era, cancellationToken);
        }
    }
}
