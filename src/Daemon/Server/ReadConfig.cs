using System.Text.Json;

namespace Agents.Daemon.Server;

/// <summary>What this program needs of an agent's configuration as REST tells it.</summary>
internal sealed record ReadConfig(string? PostId, int? Version, string Revision, JsonElement Effective);
