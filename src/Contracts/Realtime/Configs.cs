using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Contracts.Realtime;

/// <summary><c>agent/config</c> to a device or an agent: what the agent is from its next task on. Work that runs goes on as it began.</summary>
/// <param name="Version">Of the post that it follows.</param>
/// <param name="Revision">Another one whenever anything is otherwise.</param>
/// <param name="Config">Left out where it is too long for a frame: then it is read at <c>GET agents/{id}/config</c>.</param>
public sealed record AgentConfigTold(
    string AgentId, string? PostId, int? Version, string Revision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Config = null)
{
    public const int MaxBytesInFrame = 128 * 1024;
}

/// <summary><c>agent/config</c> back: it is kept, and holds from the next task on.</summary>
/// <param name="Version">As it came.</param>
public sealed record AgentConfigHeld(string AgentId, string Revision, int? Version = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Text(Revision, 1, 128);
        problems.Range(Version, 1, int.MaxValue);
    }
}
