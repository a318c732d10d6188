using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Refit.StandIn;

/// <summary>One request in the making, and its sending. For generated code alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class RestRequest(HttpClient client, RefitSettings settings, HttpMethod method)
{
    private readonly StringBuilder _path = new();
    private readonly StringBuilder _query = new();
    private readonly List<(string Name, string? Value)> _headers = [];
    private HttpContent? _content;
    private bool _buffered;

    public void Literal(string text) => _path.Append(text);

    public void Path(string name, object? value, Type type, string? format) =>
        _path.Append(Segment(name, Format(value, type, format), mayBeEmpty: false));

    /// <summary>A path of its own: its slashes stay, its segments are escaped.</summary>
    public void RoundTrip(string name, string? value, string? format)
    {
        ArgumentNullException.ThrowIfNull(value, name);

        _path.AppendJoin('/', value.Split('/').Select(part => Segment(name, Format(part, typeof(string), format), mayBeEmpty: true)));
    }

    /// <summary>The key of a property that has no name of its own for the query.</summary>
    public string Key(string property) => settings.UrlParameterKeyFormatter.Format(property);

    /// <summary>Null is left out.</summary>
    public void Query(string key, object? value, Type type, string? format) => Query(key, Format(value, type, format));

    public void QueryMany(string key, IEnumerable? values, Type type, string? format, CollectionFormat? collectionFormat)
    {
        if (values is null)
        {
            return;
        }

        var formatted = values.Cast<object?>().Select(value => Format(value, type, format));
        switch (collectionFormat ?? settings.CollectionFormat)
        {
            case CollectionFormat.Multi:
                foreach (var value in formatted)
                {
                    Query(key, value);
                }

                break;
            case CollectionFormat.Ssv:
                Query(key, string.Join(' ', formatted));
                break;
            case CollectionFormat.Tsv:
                Query(key, string.Join('\t', formatted));
                break;
            case CollectionFormat.Pipes:
                Query(key, string.Join('|', formatted));
                break;
            default:
                Query(key, string.Join(',', formatted));
                break;
        }
    }

    public void Query(string key, string? value)
    {
        if (value is null)
        {
            return;
        }

        _query.Append(_query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(value));
    }

    /// <summary>The last one of a name wins; null takes it away.</summary>
    public void Header(string name, object? value) =>
        _headers.Add((name, value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture)));

    public void Body(object? value, BodySerializationMethod serialization, bool? buffered)
    {
        _buffered = buffered ?? settings.Buffered;
        _content = value switch
        {
            HttpContent content => content,
            Stream stream => new StreamContent(stream),
            string text when serialization is BodySerializationMethod.Default => new StringContent(text),
            _ => settings.ContentSerializer.ToHttpContent(value),
        };
    }

    private string? Format(object? value, Type type, string? format) =>
        settings.UrlParameterFormatter.Format(value, ParameterFormat.Of(format), type);

    // Uri folds "." and ".." away even where they are escaped, so such a value, or none, would quietly call another path.
    private static string Segment(string name, string? value, bool mayBeEmpty)
    {
        if (value is "." or ".." || (string.IsNullOrEmpty(value) && !mayBeEmpty))
        {
            throw new ArgumentException($"'{value}' cannot stand in a path.", name);
        }

        return Uri.EscapeDataString(value ?? "");
    }
}
