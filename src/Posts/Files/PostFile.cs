using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Posts.Posts;
using YamlDotNet.Core;

namespace Agents.Posts.Files;

/// <summary>A post as a file: name, description and template. Who made it when is not in it, and of secrets the names alone.</summary>
internal static class PostFile
{
    public static string Write(Post post) => YamlWriter.Write(new JsonObject
    {
        ["name"] = post.Name,
        ["description"] = post.Description,
        ["template"] = JsonNode.Parse(post.Template),
    });

    /// <summary>Null where it is none; then the message or the problems tell why.</summary>
    public static (CreatePostRequest? Post, string? Message, FieldErrors? Errors) Read(string text, bool isYaml)
    {
        JsonNode? json;
        try
        {
            json = isYaml ? YamlReader.Read(text) : TemplateJson.Tree(JsonElement.Parse(text));
        }
        catch (YamlException e)
        {
            return (null, $"This is not a post in YAML: line {e.Start.Line}, column {e.Start.Column}: {e.Message.ReplaceLineEndings(" ")}", null);
        }
        catch (JsonException e)
        {
            return (null, $"The body is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", null);
        }
        catch (InvalidOperationException)
        {
            return (null, "The body has half a character in it.", null);
        }

        if (json is not JsonObject fields)
        {
            return (null, "A post is an object of name, description and template.", null);
        }

        var problems = new Problems();
        foreach (var name in fields.Select(field => field.Key).Except(["name", "description", "template", "note"]).Take(20))
        {
            problems.Add(name, "is not known here");
        }

        var template = fields["template"] is { } given ? TemplateJson.Read(given, "template", problems) : new();
        var post = new CreatePostRequest(Text(fields, "name", problems) ?? "", Text(fields, "description", problems), template, Text(fields, "note", problems));
        if (!problems.Any)
        {
            post.Validate(problems);
        }

        return problems.Any ? (null, null, problems.ToErrors()) : (post, null, null);
    }

    private static string? Text(JsonObject fields, string name, Problems problems)
    {
        if (fields[name] is not JsonValue value)
        {
            return null;
        }

        if (value.GetValueKind() is JsonValueKind.String)
        {
            return value.GetValue<string>();
        }

        problems.Add(name, "has the wrong type or value");
        return null;
    }
}
