using Agents.Contracts.Posts;
using Agents.Contracts.Registry;

namespace Agents.Scheduler.Budgets;

/// <summary>What holds for an agent.</summary>
/// <param name="Own">Its post's budget, with what it has otherwise.</param>
/// <param name="Post">What all agents of its post share.</param>
internal sealed record Limited(string AgentId, Budget Own, string? PostId, Budget Post);

/// <summary>Whose budget has a limit, of the agents and the posts of one moment. Never changed.</summary>
internal sealed class Limits
{
    private static readonly Dictionary<string, Budget> NoPosts = [];

    private readonly Dictionary<string, Limited> _agents = [];
    private readonly Dictionary<string, List<string>> _staff = [];

    /// <param name="posts">Null: it is not known yet what posts say.</param>
    public Limits(int staff, IReadOnlyList<KnownAgent> agents, IReadOnlyDictionary<string, Budget>? posts)
    {
        (Staff, Posts) = (staff, posts);
        foreach (var agent in agents)
        {
            var post = (agent.PostId is { } id ? (posts ?? NoPosts).GetValueOrDefault(id) : null) ?? Budget.None;
            var own = post.With(agent.Limits);
            if (own.IsNone && post.IsNone)
            {
                continue;
            }

            _agents[agent.Id] = new(agent.Id, own, agent.PostId, post);
            if (agent.PostId is { } of)
            {
                (_staff.TryGetValue(of, out var colleagues) ? colleagues : _staff[of] = []).Add(agent.Id);
            }
        }
    }

    public static Limits Unknown { get; } = new(-1, [], null);

    /// <summary>The version of the agents.</summary>
    public int Staff { get; }

    public IReadOnlyDictionary<string, Budget>? Posts { get; }

    public IReadOnlyCollection<Limited> Agents => _agents.Values;

    public bool IsEmpty => _agents.Count == 0;

    /// <summary>Those whose day has a limit.</summary>
    public IEnumerable<(BudgetKey Key, Allowance Most)> Days => _agents.Values
        .SelectMany(agent => new[] { (Key: BudgetKey.OfAgent(agent.AgentId), Most: agent.Own.PerDay()), (Key: BudgetKey.OfPost(agent.PostId ?? ""), Most: agent.Post.PerDay()) })
        .Where(day => !day.Most.IsNone).DistinctBy(day => day.Key);

    public Limited? Find(string agentId) => _agents.GetValueOrDefault(agentId);

    /// <summary>An agent's, which is its post's: what is told of that one need not be told of this one as well.</summary>
    public bool IsInherited(BudgetKey key) => key.Kind is BudgetKind.Agent && Find(key.Id) is { } agent && agent.Own.PerDay() == agent.Post.PerDay();

    public IEnumerable<string> AgentsOf(string postId) => _staff.TryGetValue(postId, out var staff) ? staff : [];
}
