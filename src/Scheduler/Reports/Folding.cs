using Agents.Scheduler.Budgets;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Sessions;
using Agents.Scheduler.Trials;
using Agents.ServiceDefaults.Loops;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Reports;

/// <summary>
/// Folds what began, ended and was used into figures, sessions and budgets, each event once: the cursor moves in the transaction that writes
/// them. The leader does it twice a second; whoever can't wait does a round himself, and they take turns.
/// </summary>
internal sealed class Folding(NpgsqlDataSource postgres, Leadership leadership, Fleet fleet, IOptions<WorkOptions> options, TimeProvider time, ILogger<Folding> log)
    : Periodic(TimeSpan.FromMilliseconds(500), time, log)
{
    private const int EventsInOne = 20_000;

    /// <summary>Rows of figures that are gathered before they are written.</summary>
    private const int MostRows = 10_000;

    /// <summary>Words about usage and ends that are gathered before they are counted.</summary>
    private const int MostSpent = 100_000;

    /// <summary>Only while nothing happens: so long the cursor stays, and nothing is written.</summary>
    private static readonly TimeSpan StayFor = TimeSpan.FromSeconds(20);

    /// <summary>What one transaction wrote is folded in one go; a load of millions takes its time.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromHours(6);

    private long _movedAt;

    /// <summary>Folds what was committed before.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (!await RoundAsync(cancellationToken))
        {
        }
    }

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        // Nobody's post is known before.
        if (leadership.Leads && fleet.IsLoaded)
        {
            await CatchUpAsync(cancellationToken);
        }
    }

    /// <summary>Whether there is no more.</summary>
    private async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await using var connection = await postgres.OpenConnectionAsync(limit.Token);
        await using var transaction = await connection.BeginTransactionAsync(limit.Token);
        // What a crash of the database takes back it takes back with its cursor. What is new is little of what there is,
        // also where no statistics say so yet.
        await using (var settings = connection.Statement("SET LOCAL synchronous_commit = off; SET LOCAL enable_seqscan = off"))
        {
            await settings.ExecuteNonQueryAsync(limit.Token);
        }

        var range = await connection.TakeRangeAsync(EventsInOne, limit.Token);
        var any = await FoldAsync(connection, range, limit.Token);
        if (any || !range.IsAll || Time.GetElapsedTime(_movedAt) > StayFor)
        {
            await connection.MoveAsync(range.UpTo, limit.Token);
            await transaction.CommitAsync(limit.Token);
            _movedAt = Time.GetTimestamp();
        }

        return range.IsAll;
    }

    private async Task<bool> FoldAsync(NpgsqlConnection connection, FoldRange range, CancellationToken cancellationToken)
    {
        await connection.OpenFactsAsync(range, cancellationToken);
        var (rollups, spending) = (new Rollups(), new Spending());
        HashSet<string>? tried = null;
        var any = false;
        while (await connection.NextFactsAsync(cancellationToken) is { Count: > 0 } facts)
        {
            any = true;
            await connection.FoldSessionsAsync([.. facts.Where(fact => fact.HasBegunOrEnded)], PostOf, cancellationToken);
            var trials = new TrialEnds(tried ??= await connection.TriedAsync(cancellationToken));
            foreach (var fact in facts)
            {
                trials.Add(fact, AgentsPost(fact));
                spending.Add(fact, AtPost(fact));
                if (fact.HasEnded)
                {
                    rollups.Add(fact, PostOf(fact));
                }
            }

            await connection.AddAsync(trials.Ends, cancellationToken);
            if (rollups.Rows.Count > MostRows)
            {
                await connection.AddAsync(rollups.Rows, cancellationToken);
                rollups = new();
            }

            if (spending.Count > MostSpent)
            {
                await connection.SpendAsync(spending, options.Value.BudgetDay, cancellationToken);
                spending = new();
            }
        }

        await connection.SpendAsync(spending, options.Value.BudgetDay, cancellationToken);
        if (rollups.Rows.Count > 0)
        {
            await connection.AddAsync(rollups.Rows, cancellationToken);
        }

        return any;
    }

    private string? PostOf(WorkFact fact) => fact.Post ?? AgentsPost(fact);

    /// <summary>Whose budget it is: the agent's own post, whatever the task was for.</summary>
    private string? AtPost(WorkFact fact) => AgentsPost(fact) ?? fact.Post;

    private string? AgentsPost(WorkFact fact) => fact.Agent is { } agent ? fleet.Find(agent)?.PostId : null;
}
