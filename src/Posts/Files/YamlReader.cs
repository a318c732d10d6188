using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Agents.Posts.Files;

/// <summary>
/// YAML as JSON, by the core schema. Event by event, so that an alias costs what it stands for and a file that would
/// grow without end is refused while it does.
/// </summary>
internal sealed partial class YamlReader
{
    private const int MaxNodes = 20_000;
    private const int MaxDepth = 32;

    /// <summary>Characters, of all texts that aliases stand for together.</summary>
    private const int MaxLength = 1024 * 1024;

    private readonly Parser _parser;
    private readonly Dictionary<string, JsonNode?> _anchors = [];

    private int _nodes;
    private int _length;

    private YamlReader(string text) => _parser = new(new StringReader(text));

    /// <exception cref="YamlException">With the place where it is wrong.</exception>
    public static JsonNode? Read(string text)
    {
        var reader = new YamlReader(text);
        var parser = reader._parser;
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var json = reader.Node(0);
        parser.Consume<DocumentEnd>();
        return parser.Accept<DocumentStart>(out var second) ? throw Wrong(second, "there is a second document") : json;
    }

    private JsonNode? Node(int depth)
    {
        var here = _parser.Current!;
        if (depth > MaxDepth)
        {
            throw Wrong(here, $"nested more than {MaxDepth} deep");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Copy(alias);
        }

        Count(here, 1);
        var anchor = (here as NodeEvent)?.Anchor ?? AnchorName.Empty;
        JsonNode? node = here switch
        {
            MappingStart => Mapping(depth),
            SequenceStart => Sequence(depth),
            _ => Scalar(_parser.Consume<Scalar>()),
        };
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = node;
        }

        return node;
    }

    private JsonObject Mapping(int depth)
    {
        _parser.Consume<MappingStart>();
        var fields = new JsonObject();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var name))
            {
                throw Wrong(_parser.Current!, "a name must be a text");
            }

            Count(name, 1, name.Value.Length);
            if (fields.ContainsKey(name.Value))
            {
                throw Wrong(name, $"{name.Value} comes a second time");
            }

            fields[name.Value] = Node(depth + 1);
        }

        return fields;
    }

    private JsonArray Sequence(int depth)
    {
        _parser.Consume<SequenceStart>();
        var items = new JsonArray();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return items;
    }

    private JsonValue? Scalar(Scalar scalar)
    {
        Count(scalar, 0, scalar.Value.Length);
        var text = scalar.Value;
        return scalar switch
        {
            { Style: not ScalarStyle.Plain } => JsonValue.Create(text),
            _ when !scalar.Tag.IsEmpty && scalar.Tag.Value == "tag:yaml.org,2002:str" => JsonValue.Create(text),
            _ => Plain(text),
        };
    }

    /// <summary>What a text without quotes is.</summary>
    internal static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when Number().IsMatch(text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole)
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var part) ? JsonValue.Create(part)
            : JsonValue.Create(text),
        _ => JsonValue.Create(text),
    };

    private JsonNode? Copy(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
        {
            throw Wrong(alias, $"there is nothing called {alias.Value.Value} before it");
        }

        // Counted before it is copied: ten lines may stand for a billion texts.
        Weigh(alias, node);
        return node?.DeepClone();
    }

    private void Weigh(AnchorAlias alias, JsonNode? node)
    {
        Count(alias, 1, node is JsonValue value && value.TryGetValue<string>(out var text) ? text.Length : 0);
        foreach (var child in node switch { JsonObject fields => fields.Select(field => field.Value), JsonArray items => items, _ => [] })
        {
            Weigh(alias, child);
        }
    }

    private void Count(ParsingEvent at, int nodes, int length = 0)
    {
        (_nodes, _length) = (_nodes + nodes, _length + length);
        if (_nodes > MaxNodes || _length > MaxLength)
        {
            throw Wrong(at, "it stands for more than a post may have");
        }
    }

    private static YamlException Wrong(ParsingEvent at, string what) => new(at.Start, at.End, what);

    [GeneratedRegex(@"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Number();
}
