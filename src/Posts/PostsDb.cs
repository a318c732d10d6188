using Agents.ServiceDefaults.Data;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts;

internal sealed class PostsDb(DbContextOptions<PostsDb> options) : ServiceDb(options)
{
    protected override void Describe(ModelBuilder model)
    {
    }
}
