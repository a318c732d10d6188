using System.Text.Json;
using Agents.Contracts;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Dialects;

/// <summary>How the JSON dialects read a message: every field as it has to be, and else what is wrong, by its name. Pure.</summary>
internal static class WireMessages
{
    public static JsonSerializerOptions Json { get; } = WireJson.Apply(new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    });

    /// <param name="root">What the JSON is called; null where it is the whole frame.</param>
    /// <returns>The message, or a <see cref="Fault"/>.</returns>
    public static object Read(ReadOnlySpan<byte> json, Type type, string? root)
    {
        try
        {
            var message = JsonSerializer.Deserialize(json, type, Json);
            var problems = new Problems();
            (message as IValidated)?.Validate(problems);
            return message is null ? new Fault(ErrorCode.Invalid, $"{root ?? "A frame"} must be an object.")
                : problems.Any ? new Fault(ErrorCode.Invalid, string.Join("; ", problems.ToErrors().Errors.Select(field => $"{(root is null ? "" : $"{root}.")}{field.Key} {field.Value[0]}")))
                : message;
        }
        catch (JsonException e)
        {
            return new Fault(ErrorCode.Invalid, PayloadFault.Text(e, root));
        }
    }

    /// <summary>A type that nobody knows, where it is short enough to be repeated.</summary>
    public static Fault Unknown(string type) =>
        new(ErrorCode.Invalid, $"{(type.Length <= 64 ? $"'{type}'" : "This")} is not a type that is understood here.");
}
