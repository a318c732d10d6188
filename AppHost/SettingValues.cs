using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Agents.AppHost;

/// <summary>What was set where: the command line before the environment before configs/app.yaml.</summary>
internal sealed class SettingValues
{
    private readonly Dictionary<string, (string Value, string Source)> _values = [];
    private readonly HashSet<string> _flags = [];

    public static SettingValues Read(string[] args, string root)
    {
        var values = new SettingValues();
        values.ReadFile(Path.Combine(root, "configs", "app.yaml"));
        values.ReadEnvironment(Environment.GetEnvironmentVariable);
        values.ReadCommandLine(args);
        return values;
    }

    public bool Flag(string name) => _flags.Contains(name);

    public string? Find(string name) => _values.TryGetValue(name, out var found) ? found.Value : null;

    /// <summary>The name under which a person set it, for messages.</summary>
    public string SourceOf(string name) => _values.TryGetValue(name, out var found) ? found.Source : "--" + name;

    public void ReadCommandLine(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "-h" or "-?")
            {
                _flags.Add("help");
                continue;
            }

            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new SettingException($"'{args[i]}' is not an option; --help lists them.");
            }

            var (name, value) = args[i][2..].Split('=', 2) is [var n, var v] ? (n, v) : (args[i][2..], null);
            if (SettingNames.Flags.Contains(name))
            {
                _flags.Add(name);
            }
            else if (!SettingNames.Variables.ContainsKey(name))
            {
                throw new SettingException($"--{name} is not an option; --help lists them.");
            }
            else if ((value ?? (i + 1 < args.Length ? args[++i] : null)) is { } given && (value is not null || !given.StartsWith("--", StringComparison.Ordinal)))
            {
                _values[name] = (given, "--" + name);
            }
            else
            {
                throw new SettingException($"--{name} wants a value.");
            }
        }
    }

    public void ReadEnvironment(Func<string, string?> variable)
    {
        foreach (var (name, variables) in SettingNames.Variables)
        {
            if (variables.FirstOrDefault(v => variable(v) is { Length: > 0 }) is { } source)
            {
                _values[name] = (variable(source)!, source);
            }
        }
    }

    private void ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            using var reader = File.OpenText(path);
            var yaml = new Deserializer().Deserialize<Dictionary<string, string?>?>(reader) ?? [];
            foreach (var key in yaml.Keys.Where(key => !SettingNames.Variables.Any(v => v.Value.Contains(key))))
            {
                throw new SettingException($"configs/app.yaml: '{key}' is not a setting; --help lists them.");
            }

            ReadEnvironment(yaml.GetValueOrDefault);
        }
        catch (YamlException e)
        {
            throw new SettingException($"configs/app.yaml, line {e.Start.Line}: this is not a list of NAME: value. {e.InnerException?.Message ?? e.Message}");
        }
    }
}
