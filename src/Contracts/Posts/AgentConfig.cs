using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Agents.Contracts.Registry;

namespace Agents.Contracts.Posts;

/// <summary>What is otherwise for this agent than its post says.</summary>
/// <param name="Overrides">Fields as a template has them, all that are wanted. Null takes away what the post says, and the default holds.</param>
public sealed record AgentConfigRequest(JsonElement? Overrides) : IValidated
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>Of an object that was found to be in order.</summary>
    public JsonObject Tree() => TemplateJson.Tree(Overrides ?? default) as JsonObject ?? [];

    public void Validate(Problems problems)
    {
        problems.Unknown(Unknown);
        problems.Json(Overrides, PostTemplate.MaxBytes);
        if (Overrides is not { ValueKind: JsonValueKind.Object })
        {
            problems.Add("overrides", "must be an object");
            return;
        }

        try
        {
            if (TemplateJson.Read(TemplateJson.WithoutTakenAway(Tree()), "overrides", problems) is { } template)
            {
                problems.Template(template, "overrides", whole: false);
            }
        }
        catch (InvalidOperationException)
        {
            problems.Add("overrides", "has half a character in it");
        }
    }
}

/// <param name="Version">Of the post: the one that the agent follows.</param>
/// <param name="Revision">Another one whenever anything is otherwise.</param>
/// <param name="Overrides">As they were written.</param>
/// <param name="Effective">What is to hold for the agent from its next task on.</param>
/// <param name="Sources">By the path of each value, see <see cref="ConfigSource"/>.</param>
/// <param name="MissingSecrets">Named in its environment, and neither the agent nor its post has one of that name.</param>
/// <param name="Held">What its device has said that it is; null before it said so.</param>
/// <param name="Drift">It does not hold what it is to be.</param>
public sealed record AgentConfigView(
    string? PostId, int? Version, string Revision, JsonElement Overrides, PostTemplate Effective, IReadOnlyDictionary<string, string> Sources,
    IReadOnlyList<string> MissingSecrets, HeldConfig? Held, bool Drift);

public static class ConfigSource
{
    public const string Post = "post";
    public const string Agent = "agent";
    public const string Default = "default";
}
