using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Contracts.Posts;

public sealed record CreatePostRequest(string Name, string? Description = null, PostTemplate? Template = null, string? Note = null) : IValidated
{
    public const int MaxName = 100;
    public const int MaxDescription = 4000;
    public const int MaxNote = 500;

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }

    public void Validate(Problems problems)
    {
        problems.Unknown(Unknown);
        problems.Text(Name, 1, MaxName);
        problems.PostFields(Name, Description, Template, Note);
    }
}

/// <summary>What is left out stays as it is; a template is replaced as a whole.</summary>
/// <param name="Note">Why, for who reads the versions.</param>
/// <param name="Version">The one that the writer saw. If there is a newer one, nothing is changed.</param>
/// <param name="Release">
/// Whether all agents follow the new version at once. Where nothing is said they do, unless a roll-out is under way; who says no
/// rolls it out later.
/// </param>
public sealed record ChangePostRequest(
    string? Name = null, string? Description = null, PostTemplate? Template = null, string? Note = null, int? Version = null, bool? Release = null) : IValidated
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }

    public void Validate(Problems problems)
    {
        problems.Unknown(Unknown);
        if (Name is "")
        {
            problems.Add("name", "must not be empty");
        }

        problems.OptionalText(Name, 0, CreatePostRequest.MaxName);
        problems.PostFields(Name, Description, Template, Note);
        problems.Range(Version, 1, int.MaxValue);
    }
}

/// <param name="Version">See <see cref="PostVersionView"/>.</param>
public sealed record PostId(string Id, int Version);

/// <param name="Version">The newest.</param>
/// <param name="Released">The one that its agents follow, but for those that a roll-out has given another.</param>
/// <param name="CreatedBy">A person's id.</param>
public sealed record PostView(
    string Id, string Name, string Description, PostTemplate Template, int Version, int Released, string CreatedBy, DateTimeOffset CreatedAt, string UpdatedBy,
    DateTimeOffset UpdatedAt);

/// <summary>A post in a list, without its template.</summary>
public sealed record PostRow(
    string Id, string Name, string Description, int Version, int Released, string CreatedBy, DateTimeOffset CreatedAt, string UpdatedBy, DateTimeOffset UpdatedAt);

internal static class PostRules
{
    public static void PostFields(this Problems problems, string? name, string? description, PostTemplate? template, string? note)
    {
        if (name is { Length: > 0 } && string.IsNullOrWhiteSpace(name))
        {
            problems.Add("name", "must not be empty");
        }

        problems.OptionalText(description, 0, CreatePostRequest.MaxDescription);
        problems.OptionalText(note, 0, CreatePostRequest.MaxNote);
        if (template is not null)
        {
            problems.Template(template);
        }
    }
}
