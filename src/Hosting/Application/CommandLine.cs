namespace Agents.Hosting;

/// <summary>
/// <c>--name value</c>, <c>--name=value</c> and <c>--flag</c>. The framework's own provider takes the option after a flag for
/// its value.
/// </summary>
internal static class CommandLine
{
    public static Dictionary<string, string?> Parse(IReadOnlyList<string> args)
    {
        var options = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                continue;
            }

            var option = args[i][2..];
            if (option.Split('=', 2) is [var name, var value])
            {
                options[name] = value;
            }
            else if (i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                options[option] = args[++i];
            }
            else
            {
                options[option] = "true";
            }
        }

        return options;
    }
}
