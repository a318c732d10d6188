using System.Text.Json;
using Agents.Contracts.Identity;
using Agents.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Identity.Preferences;

internal sealed class Preference
{
    public const int MaxPerUser = 50;

    public required string UserId { get; init; }

    public required string Name { get; init; }

    /// <summary>JSON as it came: what is kept is not looked into.</summary>
    public required string Value { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public PreferenceView ToView() => new(Name, JsonSerializer.Deserialize<JsonElement>(Value), UpdatedAt);

    public static void Describe(EntityTypeBuilder<Preference> preference)
    {
        preference.ToTable("preferences");
        preference.HasKey(p => new { p.UserId, p.Name });
        preference.HasOne<User>().WithMany().HasForeignKey(p => p.UserId);
    }
}
