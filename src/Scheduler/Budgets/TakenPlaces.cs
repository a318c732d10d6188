namespace Agents.Scheduler.Budgets;

/// <summary>How many places are taken, on an agent and on all of a post. For one choice: what a post has is counted once.</summary>
internal sealed class TakenPlaces(Func<string, int> ofAgent)
{
    private Dictionary<string, int>? _posts;

    public int OfAgent(string id) => ofAgent(id);

    public int OfPost(string id, IEnumerable<string> agents)
    {
        _posts ??= [];
        return _posts.TryGetValue(id, out var known) ? known : _posts[id] = agents.Sum(ofAgent);
    }
}
