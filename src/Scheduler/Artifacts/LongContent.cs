using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Artifacts;

/// <summary>A prompt, an input or a result that is too long for a frame: kept as an artifact, and only its beginning where it belongs. Pure.</summary>
internal sealed record LongContent(Guid Id, string Kind, byte[] Bytes)
{
    /// <summary>What prompt, input and options may come to in one frame, with room for all else in it.</summary>
    private const int LongestTogether = 224 * 1024;

    private const int ShortAnyhow = 16 * 1024;

    /// <summary>No character takes more bytes than this as JSON.</summary>
    private const int MostPerChar = 6;

    public byte[] Sha256 { get; } = SHA256.HashData(Bytes);

    public string Name => Kind is ArtifactKind.Prompt ? "prompt.txt" : $"{Kind}.json";

    public string ContentType => Kind is ArtifactKind.Prompt ? "text/plain; charset=utf-8" : "application/json";

    public ContentRef RefIn(Guid task) => ContentRef.Of(task.ToString(), Id.ToString(), Bytes.Length, Convert.ToHexStringLower(Sha256));

    /// <summary>The task as it is to be stored, and what of it is kept apart.</summary>
    public static (SubmitTaskRequest Kept, IReadOnlyList<LongContent> Long) Of(SubmitTaskRequest request, Func<Guid> newId)
    {
        var prompt = BytesOf(request.Prompt);
        var (input, options) = (BytesOf(request.Input), BytesOf(request.Options));
        var promptGoes = prompt > ContentRef.LongestInline;
        var inputGoes = input > ContentRef.LongestInline;
        if (!promptGoes && !inputGoes && prompt + input + options > LongestTogether)
        {
            (promptGoes, inputGoes) = (prompt >= input, prompt < input);
        }

        List<LongContent> apart = [];
        if (promptGoes)
        {
            apart.Add(new(newId(), ArtifactKind.Prompt, Encoding.UTF8.GetBytes(request.Prompt!)));
            request = request with { Prompt = Beginning(apart[^1].Bytes) };
        }

        if (inputGoes)
        {
            apart.Add(OfJson(newId(), ArtifactKind.Input, request.Input!.Value));
            request = request with { Input = apart[^1].BeginningAsJson() };
        }

        return (request, apart);
    }

    public static bool IsLong(JsonElement? json) => BytesOf(json) > ContentRef.LongestInline;

    public static LongContent OfJson(Guid id, string kind, JsonElement json) => new(id, kind, JsonMarshal.GetRawUtf8Value(json).ToArray());

    /// <summary>As a text: the beginning of JSON is no JSON.</summary>
    public JsonElement BeginningAsJson() => JsonSerializer.SerializeToElement(Beginning(Bytes), WireJson.Options);

    private static string Beginning(byte[] bytes)
    {
        var end = Math.Min(bytes.Length, ContentRef.ShownBytes);
        // Not in the middle of a character.
        while (end > 0 && end < bytes.Length && (bytes[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return Encoding.UTF8.GetString(bytes, 0, end);
    }

    /// <summary>As a frame will have it. What is short anyhow is not measured.</summary>
    private static int BytesOf(string? text) =>
        text is null ? 0
        : text.Length * MostPerChar <= ShortAnyhow ? text.Length
        : JsonEncodedText.Encode(text, WireJson.Options.Encoder).EncodedUtf8Bytes.Length;

    private static int BytesOf(JsonElement? json) => json is { ValueKind: not JsonValueKind.Undefined } value ? JsonMarshal.GetRawUtf8Value(value).Length : 0;
}
