using Agents.Contracts.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Identity.Users;

internal sealed class User
{
    public required string Id { get; init; }

    public required string Email { get; set; }

    public required string Name { get; set; }

    /// <summary>Email and name as they are compared: an account is found by either, whatever the case.</summary>
    public required string EmailKey { get; set; }

    public required string NameKey { get; set; }

    public required string PasswordHash { get; set; }

    public required List<string> Roles { get; set; }

    /// <summary>Tokens carry it; raised when all of them so far shall end.</summary>
    public int Version { get; set; } = 1;

    public bool Disabled { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; set; }

    public static string KeyOf(string emailOrName) => emailOrName.Trim().ToLowerInvariant();

    public UserView ToView() => new(Id, Email, Name, Roles, Disabled, CreatedAt, LastSeenAt);

    public static void Describe(EntityTypeBuilder<User> user)
    {
        user.ToTable("users");
        user.HasKey(u => u.Id);
        user.HasIndex(u => u.EmailKey).IsUnique();
        user.HasIndex(u => u.NameKey).IsUnique();
        user.HasIndex(u => u.CreatedAt);
    }
}
