using Agents.Contracts.Posts;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Changes;

internal static class BudgetRows
{
    /// <summary>As the version has it that their agents follow, of those that have one. A template may be long, so only those are read that name a budget at all.</summary>
    public static async Task<Dictionary<string, Budget>> BudgetsAsync(this PostsDb db, string[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
        {
            return [];
        }

        var found = await db.Versions.FromSql(
                $"""
                SELECT v.* FROM posts p JOIN post_versions v ON v.post_id = p.id AND v.number = p.released
                WHERE p.id = ANY ({ids}) AND strpos(v.template::text, '_per_') > 0
                """)
            .AsNoTracking().Select(v => new { v.PostId, v.Template }).ToListAsync(cancellationToken);
        return found.Select(p => (Id: p.PostId, Budget: Budget.Of(TemplateJson.Read(p.Template).Limits)))
            .Where(p => !p.Budget.IsNone).ToDictionary(p => p.Id, p => p.Budget);
    }
}
