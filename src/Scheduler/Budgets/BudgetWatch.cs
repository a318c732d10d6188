using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Reports;
using Agents.ServiceDefaults.Loops;
using Npgsql;

namespace Agents.Scheduler.Budgets;

/// <summary>
/// Looks twice a second at what was spent, where anybody has a limit at all. On each replica, as each explains; the leader
/// warns and stops as well.
/// </summary>
internal sealed partial class BudgetWatch(
    NpgsqlDataSource postgres, Leadership leadership, Folding folding, Fleet fleet, PostBudgets posts, BudgetBook book, BudgetStops stops, BudgetWarnings warnings,
    Queues queues, DispatchBell bell, TimeProvider time, ILogger<BudgetWatch> log)
    : Periodic(TimeSpan.FromMilliseconds(500), time, log)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>A load of millions that is still to be folded keeps nobody from work for longer.</summary>
    private static readonly TimeSpan FoldLimit = TimeSpan.FromSeconds(5);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        posts.Begin();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await posts.FollowAsync(leadership.Leads, limit.Token);
        if (!fleet.IsLoaded || book.Limits is not { IsEmpty: false } limits)
        {
            return;
        }

        book.BeginCounting();
        await FoldAsync(limit.Token);
        var sheet = await postgres.SheetAsync(book.Today, [.. limits.Days.Select(day => day.Key)], limit.Token);
        if (book.EndCounting(sheet))
        {
            queues.FleetChanged();
            bell.Ring();
        }

        if (leadership.Leads)
        {
            await warnings.RunAsync(sheet, limits, limit.Token);
            await stops.RunAsync(sheet, limits, limit.Token);
        }
    }

    private async Task FoldAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(FoldLimit);
        try
        {
            await folding.CatchUpAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Behind(log);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What was spent is not all counted yet: budgets are looked at as far as it is")]
        public static partial void Behind(ILogger log);
    }
}
