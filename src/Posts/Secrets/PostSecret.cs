using Agents.Contracts.Posts;
using Agents.Posts.Posts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Posts.Secrets;

/// <summary>A secret of a post, sealed; it goes with the post. Those of agents lie in Registry, and go with the agents.</summary>
internal sealed class PostSecret
{
    public required string PostId { get; init; }

    public required string Name { get; init; }

    public required byte[] WrappedKey { get; set; }

    public required byte[] Sealed { get; set; }

    public required int Version { get; set; }

    public required string UpdatedBy { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public SecretView ToView() => new(Name, Version, UpdatedAt, UpdatedBy);

    public static void Describe(EntityTypeBuilder<PostSecret> secret)
    {
        secret.ToTable("post_secrets");
        secret.HasKey(s => new { s.PostId, s.Name });
        secret.HasOne<Post>().WithMany().HasForeignKey(s => s.PostId).OnDelete(DeleteBehavior.Cascade);
    }
}
