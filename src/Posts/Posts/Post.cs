using Agents.Contracts.Posts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Posts.Posts;

/// <summary>A post as it is now: its newest version, with what lists ask for.</summary>
internal sealed class Post
{
    public const string NameIndex = "ix_posts_name";

    public required string Id { get; init; }

    public required string Name { get; set; }

    public required string Description { get; set; }

    /// <summary>As <see cref="TemplateJson.Write"/> has it.</summary>
    public required string Template { get; set; }

    public required int Version { get; set; }

    /// <summary>The version that its agents follow, but for those that a roll-out has given another.</summary>
    public required int Released { get; set; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string UpdatedBy { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public PostView ToView() => new(Id, Name, Description, TemplateJson.Read(Template), Version, Released, CreatedBy, CreatedAt, UpdatedBy, UpdatedAt);

    public static void Describe(EntityTypeBuilder<Post> post)
    {
        post.ToTable("posts");
        post.HasKey(p => p.Id);
        // Not jsonb, which has an order of its own: what was written is read again.
        post.Property(p => p.Template).HasColumnType("json");
        post.HasIndex(p => p.Name).IsUnique().HasDatabaseName(NameIndex);
    }
}
