using System.Text.Json;
using Agents.Daemon.Runners;

namespace Agents.Tests.Units.Daemon.Runners;

/// <summary>What a runner told while its program worked.</summary>
internal sealed class HeardVoice : IVoice
{
    private readonly Lock _lock = new();

    public List<(string Kind, JsonElement Data)> All { get; } = [];

    public string? SessionId { get; private set; }

    public void Heard()
    {
    }

    public string Text(string kind, ReadOnlySpan<char> piece)
    {
        Say(kind, JsonSerializer.SerializeToElement(piece.ToString()));
        return piece.ToString();
    }

    public string EndOfText(string kind) => "";

    public void Say(string kind, JsonElement data)
    {
        lock (_lock)
        {
            All.Add((kind, data));
        }
    }

    public void Session(string id) => SessionId = id;

    public string TextOf(string kind) => string.Concat(All.Where(said => said.Kind == kind).Select(said => said.Data.GetString()));

    public IReadOnlyList<string?> Tools => [.. All.Where(said => said.Kind is "tool").Select(said => said.Data.GetProperty("status").GetString())];

    public JsonElement Usage => All.Last(said => said.Kind is "usage").Data;
}
