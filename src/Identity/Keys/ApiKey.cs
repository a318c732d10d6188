using Agents.Contracts.Identity;
using Agents.Identity.Users;
using Agents.ServiceDefaults.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Identity.Keys;

/// <summary>A key for scripts. It acts for its owner, with the owner's roles or fewer.</summary>
internal sealed class ApiKey
{
    public const string Prefix = "ak_";

    public const int MaxPerUser = 100;

    public required string Id { get; init; }

    public required string UserId { get; init; }

    public required string Name { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>Its last characters, so that people can tell their keys apart.</summary>
    public required string Hint { get; init; }

    public required List<string> Roles { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public KeyView ToView() => new(Id, Name, Hint, Roles, CreatedAt, ExpiresAt, LastUsedAt);

    public static byte[] HashOf(string key) => Opaque.Hash(key);

    public static void Describe(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("api_keys");
        key.HasKey(k => k.Id);
        key.HasIndex(k => k.Hash).IsUnique();
        key.HasIndex(k => k.UserId);
        key.HasOne<User>().WithMany().HasForeignKey(k => k.UserId);
    }
}
