using Agents.Contracts;
using Agents.ServiceDefaults.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Posts;

/// <summary>Which posts are asked for.</summary>
internal sealed record PostFilter([property: FromQuery(Name = "q")] string? Q) : IValidated
{
    public void Validate(Problems problems) => problems.OptionalText(Q, 0, 256);

    public IQueryable<Post> Of(IQueryable<Post> posts)
    {
        if (string.IsNullOrWhiteSpace(Q))
        {
            return posts;
        }

        var pattern = LikePattern.Containing(Q.Trim());
        return posts.Where(p => EF.Functions.ILike(p.Name, pattern, LikePattern.Escape) || EF.Functions.ILike(p.Description, pattern, LikePattern.Escape));
    }
}
