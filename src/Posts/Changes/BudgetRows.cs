using Agents.Contracts.Posts;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Changes;

internal static class BudgetRows
{
    /// <summary>Of those that have one. A template may be long, so only those are read that name a budget at all.</summary>
    public static async Task<Dictionary<string, Budget>> BudgetsAsync(this PostsDb db, string[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
        {
            return [];
        }

        var found = await db.Posts.FromSql($"SELECT * FROM posts WHERE id = ANY ({ids}) AND strpos(template::text, '_per_') > 0")
            .AsNoTracking().Select(p => new { p.Id, p.Template }).ToListAsync(cancellationToken);
        return found.Select(p => (p.Id, Budget: Budget.Of(TemplateJson.Read(p.Template).Limits)))
            .Where(p => !p.Budget.IsNone).ToDictionary(p => p.Id, p => p.Budget);
    }
}
