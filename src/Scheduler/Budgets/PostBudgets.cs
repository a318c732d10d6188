using Agents.Contracts.Posts;
using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Posts;
using Npgsql;

namespace Agents.Scheduler.Budgets;

/// <summary>
/// What posts may spend, as their feed tells it. The leader writes it down, so that a Scheduler that starts while Posts is
/// down knows what was known before.
/// </summary>
internal sealed class PostBudgets(NpgsqlDataSource postgres, KnownPosts posts, BudgetBook book, Queues queues, DispatchBell bell)
{
    private IReadOnlyDictionary<string, Budget>? _written;

    /// <summary>Whenever a budget changes: a raised one lets work go on at once.</summary>
    public void Begin() => posts.BudgetsChanged += () => Take(posts.Budgets());

    public async Task FollowAsync(bool leads, CancellationToken cancellationToken)
    {
        if (!posts.IsLoaded)
        {
            if (book.Posts is null)
            {
                var remembered = await postgres.RememberedAsync(cancellationToken);
                // The feed may have come meanwhile, and knows better.
                if (!posts.IsLoaded)
                {
                    Take(remembered);
                }
            }

            return;
        }

        var budgets = posts.Budgets();
        Take(budgets);
        if (leads && !ReferenceEquals(_written, budgets))
        {
            await postgres.RememberAsync(budgets, cancellationToken);
            _written = budgets;
        }
    }

    private void Take(IReadOnlyDictionary<string, Budget> budgets)
    {
        if (!ReferenceEquals(book.Posts, budgets))
        {
            book.PostsAre(budgets);
            queues.FleetChanged();
            bell.Ring();
        }
    }
}
