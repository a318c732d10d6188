using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Agents.Posts.Files;

/// <summary>JSON as YAML that people like to read: long texts line by line, quotes only where they are needed.</summary>
internal static partial class YamlWriter
{
    public static string Write(JsonNode json)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        Emit(emitter, json);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(Emitter emitter, JsonNode? json)
    {
        switch (json)
        {
            case JsonObject fields:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, fields.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (name, value) in fields)
                {
                    Emit(emitter, name, isName: true);
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, items.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in items)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                Emit(emitter, value.GetValue<string>(), isName: false);
                break;
            default:
                emitter.Emit(new Scalar(json?.ToJsonString() ?? "null"));
                break;
        }
    }

    private static void Emit(Emitter emitter, string text, bool isName)
    {
        var style = Word().IsMatch(text) && !OldBoolean().IsMatch(text) && YamlReader.Plain(text) is { } plain && plain.GetValueKind() is JsonValueKind.String ? ScalarStyle.Plain
            : !isName && Lines().IsMatch(text) ? ScalarStyle.Literal
            : ScalarStyle.DoubleQuoted;
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: style is ScalarStyle.Plain, isQuotedImplicit: true));
    }

    /// <summary>Begins and ends with a letter or digit, with nothing between that could mean something.</summary>
    [GeneratedRegex(@"^[\p{L}\p{Nd}_/]([\p{L}\p{Nd} _.,/()+=;-]*[\p{L}\p{Nd}_.)/])?$")]
    private static partial Regex Word();

    /// <summary>A text to us, but true or false to readers of YAML 1.1.</summary>
    [GeneratedRegex("^(y|n|yes|no|on|off)$", RegexOptions.IgnoreCase)]
    private static partial Regex OldBoolean();

    /// <summary>More than one line, none of which begins or ends with white space that a reader could lose.</summary>
    [GeneratedRegex(@"^(?=.*\n)[^\s\p{C}]([^\p{C}]|\n)*(?<![ \t\n])\n?\z", RegexOptions.Singleline)]
    private static partial Regex Lines();
}
