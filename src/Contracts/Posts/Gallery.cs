using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Contracts.Posts;

/// <summary>A post to begin with.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Title">What the post is called, unless it is given another name.</param>
public sealed record GalleryPost(string Name, string Title, string Description, PostTemplate Template);

/// <param name="Name">Of the post that is made; the gallery's own where nothing is said.</param>
public sealed record TakeFromGalleryRequest(string? Name = null) : IValidated
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    public void Validate(Problems problems)
    {
        problems.Unknown(Unknown);
        problems.OptionalText(Name, 0, CreatePostRequest.MaxName);
        if (Name is not null && string.IsNullOrWhiteSpace(Name))
        {
            problems.Add("name", "must not be empty");
        }
    }
}
