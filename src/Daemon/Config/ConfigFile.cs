using Agents.Contracts;
using Agents.Daemon.State;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Agents.Daemon.Config;

/// <summary>Reads config.yaml. A wrong value is an error with its line; an unknown key a warning, as it may be a newer version's.</summary>
internal sealed class ConfigFile
{
    private readonly string _path;
    private readonly List<string> _warnings = [];

    private ConfigFile(string path) => _path = path;

    /// <param name="path">Given by the user, and then it has to be there; else the usual one, if there is one.</param>
    public static DaemonConfig Read(Folders folders, string? path)
    {
        var text = PrivateFile.Read(path ?? folders.ConfigFile);
        return text is not null ? Parse(path ?? folders.ConfigFile, text)
            : path is null ? new()
            : throw new Failure(ExitCode.Usage, $"There is no file {path}.");
    }

    public static DaemonConfig Parse(string path, string text)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new Failure(ExitCode.Failed, $"{path} line {e.Start.Line}: this is not YAML: {e.Message.ReplaceLineEndings(" ")}", e);
        }

        return new ConfigFile(path).Read(yaml.Documents is [var document, ..] ? document.RootNode : null);
    }

    private DaemonConfig Read(YamlNode? root)
    {
        var config = new DaemonConfig();
        if (root is null or YamlScalarNode { Value: null or "" })
        {
            return config;
        }

        (string Text, YamlNode Node)? address = null;
        bool? tls = null;
        foreach (var (name, value) in Entries(root, ""))
        {
            switch (name)
            {
                case "server":
                    foreach (var (key, node) in Entries(value, "server."))
                    {
                        switch (key)
                        {
                            case "address": address = (Text(node, "server.address"), node); break;
                            case "ca_file": config = config with { Trust = Trust(node) }; break;
                            case "tls": tls = Flag(node, "server.tls"); break;
                            default: Unknown($"server.{key}", node); break;
                        }
                    }

                    break;
                case "agent":
                    config = ReadAgent(config, value);
                    break;
                case "labels":
                    config = config with { Labels = Entries(value, "labels.").ToDictionary(e => e.Name, e => Text(e.Value, $"labels.{e.Name}")) };
                    break;
                case "concurrency":
                    config = config with { Concurrency = Number(value, "concurrency", 1, 1000) };
                    break;
                case "cgroups":
                    config = config with { Cgroups = Flag(value, "cgroups") };
                    break;
                default:
                    Unknown(name, value);
                    break;
            }
        }

        if (address is { } found)
        {
            config = config with
            {
                Server = ServerAddress.TryParse(found.Text, tls, out var server, out var problem) ? server : throw Wrong(found.Node, $"server.address: {problem}"),
            };
        }

        return config with { Warnings = _warnings };
    }

    private DaemonConfig ReadAgent(DaemonConfig config, YamlNode agent)
    {
        foreach (var (key, node) in Entries(agent, "agent."))
        {
            switch (key)
            {
                case "id":
                    var id = Text(node, "agent.id");
                    config = config with { DeviceId = Ids.IsValid(id) ? id : throw Wrong(node, "agent.id must be 1 to 128 of A-Z a-z 0-9 . _ -") };
                    break;
                case "collect_interval":
                    config = config with { CollectInterval = TimeSpan.FromSeconds(Number(node, "agent.collect_interval", 1, 3600)) };
                    break;
                default:
                    Unknown($"agent.{key}", node);
                    break;
            }
        }

        return config;
    }

    private IEnumerable<(string Name, YamlNode Value)> Entries(YamlNode node, string under) => node switch
    {
        YamlMappingNode mapping => mapping.Children.Select(entry => (((entry.Key as YamlScalarNode)?.Value ?? "").Trim(), entry.Value)),
        YamlScalarNode { Value: null or "" } => [],
        _ => throw Wrong(node, $"{(under.Length > 0 ? under.TrimEnd('.') : "the file")} must hold names with values"),
    };

    private string Text(YamlNode node, string name) =>
        node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Wrong(node, $"{name} must be a text");

    private ServerTrust Trust(YamlNode node)
    {
        var trust = new ServerTrust(Path.GetFullPath(Text(node, "server.ca_file"), Path.GetDirectoryName(Path.GetFullPath(_path))!));
        return trust.Problem is { } problem ? throw Wrong(node, $"server.ca_file: {problem}") : trust;
    }

    private bool Flag(YamlNode node, string name) =>
        node is YamlScalarNode { Value: { } text } && bool.TryParse(text, out var flag) ? flag : throw Wrong(node, $"{name} must be true or false");

    private int Number(YamlNode node, string name, int min, int max) =>
        node is YamlScalarNode { Value: { } text } && int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw Wrong(node, $"{name} must be a whole number from {min} to {max}");

    private void Unknown(string name, YamlNode node) => _warnings.Add($"{_path} line {node.Start.Line}: {name} is not known here, and has no effect.");

    private Failure Wrong(YamlNode node, string what) => new(ExitCode.Failed, $"{_path} line {node.Start.Line}: {what.TrimEnd('.')}.");
}
