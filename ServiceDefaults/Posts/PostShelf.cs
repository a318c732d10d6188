using Agents.Contracts.Posts;

namespace Agents.ServiceDefaults.Posts;

/// <summary>The posts that are known, each with its budget where it has one. For several threads at once.</summary>
internal sealed class PostShelf
{
    private readonly Lock _gate = new();

    private Dictionary<string, Budget?> _posts = [];
    private IReadOnlyDictionary<string, Budget> _budgets = new Dictionary<string, Budget>();

    public bool Has(string id)
    {
        lock (_gate)
        {
            return _posts.ContainsKey(id);
        }
    }

    /// <summary>Of those that have one. The same object until one of them changes.</summary>
    public IReadOnlyDictionary<string, Budget> Budgets()
    {
        lock (_gate)
        {
            return _budgets;
        }
    }

    public void Fill(Dictionary<string, Budget?> all)
    {
        lock (_gate)
        {
            (_posts, _budgets) = (all, BudgetsOf(all));
        }
    }

    /// <summary>Whether its budget is another now.</summary>
    public bool Apply(PostChange change)
    {
        lock (_gate)
        {
            if (change.Kind is PostChangeKind.PostDeleted)
            {
                _posts.Remove(change.Id);
            }
            else
            {
                _posts[change.Id] = change.Budget;
            }

            if (_budgets.GetValueOrDefault(change.Id) == _posts.GetValueOrDefault(change.Id))
            {
                return false;
            }

            _budgets = BudgetsOf(_posts);
            return true;
        }
    }

    private static Dictionary<string, Budget> BudgetsOf(Dictionary<string, Budget?> posts) =>
        posts.Where(post => post.Value is not null).ToDictionary(post => post.Key, post => post.Value!);
}
