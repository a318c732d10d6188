using System.Text.Json;
using System.Text.RegularExpressions;
using Agents.Contracts;

namespace Agents.ServiceDefaults.Envelopes;

/// <summary>Says in the client's words, with the field's name on the wire, what the framework could not read. Pure.</summary>
internal static partial class BadInput
{
    private const string Wants = "must be ";

    public static (string? Message, FieldErrors? Errors) Explain(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: 413 } => ("The body is too large.", null),
        { StatusCode: 415 } => ("The body must be application/json.", null),
        // Its first sentence says which .NET type was meant, which is no news to a client.
        { InnerException: JsonException { Path: { } path } json }
            when json.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal) && FieldOf(path) is { Length: > 0 } field =>
            (null, One(field, "has the wrong type or value")),
        // One of our own converters, which says what it wants.
        { InnerException: JsonException { Path: { } path } json } when json.Message.StartsWith(Wants, StringComparison.Ordinal) && FieldOf(path) is { Length: > 0 } field =>
            (null, One(field, json.Message)),
        { InnerException: JsonException json } => ($"The body is not valid JSON: {Place(json)}.", null),
        _ when Unbound().Match(bad.Message) is { Success: true } unbound => (null, One(Wire(unbound), "has the wrong type or value")),
        _ when NotGiven().Match(bad.Message) is { Success: true } missing => (null, One(Wire(missing), "is required")),
        _ when bad.Message.Contains("no body was provided", StringComparison.Ordinal) => ("The body is missing.", null),
        _ => (bad.Message, null),
    };

    private static FieldErrors One(string field, string problem) => new(new Dictionary<string, string[]> { [field] = [problem] });

    private static string FieldOf(string path) => path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path.TrimStart('$');

    private static string Place(JsonException json) =>
        json.LineNumber is { } line ? $"line {line + 1}, byte {json.BytePositionInLine + 1}" : "it is empty or cut off";

    private static string Wire(Match match) => JsonNamingPolicy.SnakeCaseLower.ConvertName(match.Groups["name"].Value);

    [GeneratedRegex("""^Failed to bind parameter "\S+ (?<name>\w+)" from""")]
    private static partial Regex Unbound();

    [GeneratedRegex("""^Required parameter "\S+ (?<name>\w+)" was not provided""")]
    private static partial Regex NotGiven();
}
