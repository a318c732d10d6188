using Agents.Contracts.Posts;
using Agents.Scheduler.Dispatch;
using Microsoft.Extensions.Options;

namespace Agents.Scheduler.Budgets;

/// <summary>What an agent said that it has used.</summary>
internal sealed record Used(string Agent, long Tokens, double CostUsd);

/// <summary>
/// What may be spent and what was, in memory, for the choice of an agent. What was spent the tables say; between two looks at
/// them what ends here is added, once too often rather than not: a task that was given out too early would be stopped.
/// </summary>
internal sealed class BudgetBook(Fleet fleet, IOptions<WorkOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _length = options.Value.BudgetDay;

    private Dictionary<BudgetKey, Spent> _heard = [];
    private Dictionary<BudgetKey, Spent> _counting = [];
    private Dictionary<BudgetKey, Spent> _running = [];
    private BudgetSheet _sheet = BudgetSheet.Empty;

    private volatile IReadOnlyDictionary<string, Budget>? _posts;
    private volatile Limits _limits = Limits.Unknown;

    /// <summary>Null: it is not known yet.</summary>
    public IReadOnlyDictionary<string, Budget>? Posts => _posts;

    public BudgetDay Today => BudgetDay.At(time.GetUtcNow(), _length);

    /// <summary>Somebody has a limit, or it is not known whether anybody has.</summary>
    public bool IsNeeded => _posts is null || !Limits.IsEmpty;

    public Limits Limits
    {
        get
        {
            var known = _limits;
            if (known.Staff == fleet.StaffVersion && ReferenceEquals(known.Posts, _posts))
            {
                return known;
            }

            var (version, agents) = fleet.Staff();
            return _limits = new(version, agents, _posts);
        }
    }

    public void PostsAre(IReadOnlyDictionary<string, Budget> budgets) => _posts = budgets;

    /// <summary>It is committed, and may not be in the tables' sums yet.</summary>
    public void Heard(IEnumerable<Used> used)
    {
        var limits = Limits;
        foreach (var (agent, tokens, cost) in used)
        {
            if (limits.Find(agent) is { } limited)
            {
                lock (_gate)
                {
                    Add(_heard, BudgetKey.OfAgent(agent), new(tokens, cost));
                    Add(_heard, BudgetKey.OfPost(limited.PostId ?? ""), new(tokens, cost));
                }
            }
        }
    }

    /// <summary>To be called before all is folded that was committed: what was heard up to now will be in the sums.</summary>
    public void BeginCounting()
    {
        lock (_gate)
        {
            foreach (var (key, spent) in _heard)
            {
                Add(_counting, key, spent);
            }

            _heard = [];
        }
    }

    /// <summary>Whether somebody may have more left now than before.</summary>
    public bool EndCounting(BudgetSheet sheet)
    {
        var limits = Limits;
        lock (_gate)
        {
            var isMore = _counting.Count > 0 || sheet.Day != _sheet.Day || sheet.Days.Keys.Any(key => !_sheet.Days.ContainsKey(key));
            _running = [];
            foreach (var task in sheet.Tasks)
            {
                Add(_running, BudgetKey.OfAgent(task.Agent), task.OfAttempt);
                Add(_running, BudgetKey.OfPost(limits.Find(task.Agent)?.PostId ?? ""), task.OfAttempt);
            }

            (_sheet, _counting) = (sheet, []);
            return isMore;
        }
    }

    /// <summary>Null: its budget and its post's hold one more task.</summary>
    public Shortage? Look(Worker worker, TakenPlaces taken)
    {
        if (worker.Agent.PostId is { } unknown && _posts is null)
        {
            return new(BudgetKey.OfPost(unknown), IsCounted: false, default, default, Today.End);
        }

        var limits = Limits;
        return limits.Find(worker.Id) is not { } limited ? null
            : Look(BudgetKey.OfAgent(worker.Id), limited.Own.PerDay(), limited, limited.Own.PerTask(), () => taken.OfAgent(worker.Id))
                ?? (limited.PostId is { } post
                    ? Look(BudgetKey.OfPost(post), limited.Post.PerDay(), limited, limited.Post.PerTask(), () => taken.OfPost(post, limits.AgentsOf(post)))
                    : null);
    }

    /// <param name="each">What each of those may spend that run.</param>
    private Shortage? Look(BudgetKey key, Allowance most, Limited limited, Allowance each, Func<int> running)
    {
        if (most.IsNone)
        {
            return null;
        }

        var today = Today;
        Spent spent, ofRunning;
        lock (_gate)
        {
            if (!_sheet.Days.TryGetValue(key, out var known))
            {
                return new(key, IsCounted: false, most, default, today.End);
            }

            spent = (_sheet.Day == today ? known.Spent : default) + _heard.GetValueOrDefault(key) + _counting.GetValueOrDefault(key);
            ofRunning = _running.GetValueOrDefault(key);
        }

        var open = each.IsNone ? default : BudgetRules.Open(each, running(), ofRunning);
        return BudgetRules.Holds(most, spent, limited.Own.PerTask(), open) ? null : new(key, IsCounted: true, most, spent, today.End, limited.Own.PerTask(), open);
    }

    private static void Add(Dictionary<BudgetKey, Spent> sums, BudgetKey key, Spent more) => sums[key] = sums.GetValueOrDefault(key) + more;
}
