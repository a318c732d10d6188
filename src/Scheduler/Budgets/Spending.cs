using Agents.Scheduler.Reports;

namespace Agents.Scheduler.Budgets;

/// <summary>What an attempt has used so far, as it was said at a time.</summary>
internal sealed record SaidSpent(Guid Task, int Attempt, long Number, DateTimeOffset At, string Agent, string? Post, Spent Spent);

/// <summary>
/// Gathers what agents say that they use, and counts what of it is new: each word tells all of its attempt. Pure.
/// </summary>
internal sealed class Spending
{
    private readonly List<SaidSpent> _said = [];
    private readonly Dictionary<Guid, int> _ended = [];

    public int Count => _said.Count + _ended.Count;

    /// <summary>Of whose attempts it has to be known what they had used before.</summary>
    public IEnumerable<Guid> Tasks => _said.Select(said => said.Task).Distinct();

    /// <summary>Tasks that have ended, each with its last attempt: nobody asks any more what it had used.</summary>
    public IReadOnlyDictionary<Guid, int> Ended => _ended;

    public void Add(WorkFact fact, string? post)
    {
        if (fact.HasEnded)
        {
            _ended[fact.Task] = Math.Max(fact.Attempt, _ended.GetValueOrDefault(fact.Task));
        }

        if (fact.Agent is { } agent && Spent.Of(fact.Told) is { IsNothing: false } spent)
        {
            _said.Add(new(fact.Task, fact.Attempt, fact.Number, fact.At, agent, post, spent));
        }
    }

    /// <param name="before">What attempts had used by then.</param>
    public Counted Of(IReadOnlyDictionary<(Guid Task, int Attempt), Spent> before, TimeSpan dayLength)
    {
        Dictionary<(Guid Task, int Attempt), Spent> attempts = [];
        Dictionary<(DateTimeOffset Day, BudgetKey Key), Spent> days = [];
        foreach (var said in _said.OrderBy(said => said.Task).ThenBy(said => said.Number))
        {
            var attempt = (said.Task, said.Attempt);
            var was = attempts.TryGetValue(attempt, out var known) ? known : before.GetValueOrDefault(attempt);
            var now = was.Or(said.Spent);
            attempts[attempt] = now;
            var day = BudgetDay.At(said.At, dayLength).Begin;
            Add(days, (day, BudgetKey.OfAgent(said.Agent)), now - was);
            if (said.Post is { } post)
            {
                Add(days, (day, BudgetKey.OfPost(post)), now - was);
            }
        }

        return new(
            days.Where(day => !day.Value.IsNothing).ToDictionary(),
            attempts.Where(each => !(_ended.TryGetValue(each.Key.Task, out var last) && each.Key.Attempt <= last)).ToDictionary());
    }

    private static void Add(Dictionary<(DateTimeOffset Day, BudgetKey Key), Spent> days, (DateTimeOffset Day, BudgetKey Key) key, Spent more) =>
        days[key] = days.GetValueOrDefault(key) + more;
}

/// <summary>What is to be added to days, and what attempts that go on have used by now.</summary>
internal sealed record Counted(
    IReadOnlyDictionary<(DateTimeOffset Day, BudgetKey Key), Spent> Days, IReadOnlyDictionary<(Guid Task, int Attempt), Spent> Attempts);
