using Agents.Contracts.Posts;
using Agents.Posts.Posts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Posts.Versions;

/// <summary>What a post was from a moment on. Rows are added, and go with their post; none is ever changed.</summary>
internal sealed class PostVersion
{
    public required string PostId { get; init; }

    public required int Number { get; init; }

    public required string AuthorId { get; init; }

    /// <summary>As it was then: who has left is still named.</summary>
    public required string AuthorName { get; init; }

    public required string Note { get; init; }

    public int? Restores { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string Template { get; init; }

    public PostVersionView ToView() => new(Number, new(AuthorId, AuthorName), Note, Restores, At, Name, Description, TemplateJson.Read(Template));

    public static void Describe(EntityTypeBuilder<PostVersion> version)
    {
        version.ToTable("post_versions");
        version.HasKey(v => new { v.PostId, v.Number });
        version.Property(v => v.Template).HasColumnType("json");
        version.HasOne<Post>().WithMany().HasForeignKey(v => v.PostId).OnDelete(DeleteBehavior.Cascade);
    }
}
