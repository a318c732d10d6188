namespace Refit.Generator.Reading;

/// <summary>A path such as /devices/{id}/files/{**path}?raw=true, taken apart.</summary>
internal sealed class PathTemplate
{
    private PathTemplate()
    {
    }

    internal List<Part> Path { get; } = [];

    internal List<(string Key, Part Value)> Query { get; } = [];

    internal IEnumerable<string> Names =>
        Path.Concat(Query.Select(pair => pair.Value)).Where(part => part.IsName).Select(part => part.Text);

    /// <summary>Error is what is wrong with it, as the end of a sentence.</summary>
    internal static PathTemplate? Parse(string template, out string error)
    {
        var parsed = new PathTemplate();
        error = "";
        if (template.Length > 0 && template[0] != '/')
        {
            error = "has to start with '/'";
        }
        else if (template.IndexOfAny(['\r', '\n', '#', '\\']) >= 0)
        {
            error = "has a line break, '#' or '\\' in it";
        }
        else
        {
            var pieces = template.Split(['?'], 2);
            parsed.Path.AddRange(Split(pieces[0], ref error));
            foreach (var pair in pieces.Skip(1).SelectMany(query => query.Split('&')).Where(pair => pair.Length > 0))
            {
                var sides = pair.Split(['='], 2);
                var value = Split(sides.Length == 2 ? sides[1] : "", ref error).DefaultIfEmpty(new Part("", false, false)).ToList();
                if (value.Count != 1 || sides[0].IndexOfAny(['{', '}']) >= 0 || value[0].IsRest)
                {
                    error = "has a query in which something other than a whole value is an argument";
                }

                parsed.Query.Add((Uri.UnescapeDataString(sides[0]), value[0].IsName ? value[0] : value[0] with { Text = Uri.UnescapeDataString(value[0].Text) }));
            }
        }

        return error.Length == 0 ? parsed : null;
    }

    private static List<Part> Split(string text, ref string error)
    {
        var parts = new List<Part>();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var literal = open < 0 ? text.Substring(at) : text.Substring(at, open - at);
            if (literal.Length > 0)
            {
                parts.Add(new Part(literal, false, false));
            }

            var close = open < 0 ? text.Length : text.IndexOf('}', open);
            if (literal.IndexOf('}') >= 0 || (open >= 0 && (close < open + 2 || text.IndexOf('{', open + 1, close - open - 1) >= 0)))
            {
                error = "has braces that do not match";
                return parts;
            }

            if (open >= 0)
            {
                var name = text.Substring(open + 1, close - open - 1);
                var rest = name.StartsWith("**", StringComparison.Ordinal);
                parts.Add(new Part(rest ? name.Substring(2) : name, true, rest));
            }

            at = close + 1;
        }

        return parts;
    }

    /// <summary>Fixed text, or the name of an argument; a rest keeps its slashes.</summary>
    internal sealed record Part(string Text, bool IsName, bool IsRest);
}
