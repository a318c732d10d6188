using System.Text.Json.Serialization;
using Agents.Contracts.Registry;
using Agents.Contracts.Scheduler;

namespace Agents.Contracts.Realtime;

/// <summary>The first frame after the handshake, and then at each interval: it is answered in kind.</summary>
public sealed record HeartbeatOut(int Interval);

/// <summary>What a device or an agent sends at least once in each interval.</summary>
/// <param name="Load">Of the machine: 1 is one core's worth for each core.</param>
/// <param name="Running">
/// What it has accepted and what waits for its acknowledgement. Who says it once says it every five seconds while there is
/// any; who never says it works on what it accepted for as long as it is connected.
/// </param>
public sealed record HeartbeatIn(IReadOnlyList<RunningAgent>? Agents = null, double? Load = null, IReadOnlyList<TaskAttempt>? Running = null);

public sealed record RunningAgent(string AgentId, string? Status = null, int? Running = null);

/// <param name="ServerTime">Seconds since 1970 by the clock that signatures are held against.</param>
/// <param name="Agents">Of a device: the agents that it carries, as many as it may have. <c>agent/list</c> follows where they change.</param>
public sealed record AuthOk(
    string ConnectionId, string Role, long ServerTime, int HeartbeatInterval, int MaxFrameBytes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DeviceId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AgentId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UserId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<GreetedAgent>? Agents = null);

/// <summary>No more than a device has to know: with all that is known of them, its agents would not fit into a frame.</summary>
public sealed record GreetedAgent(string Id, string Name, string Type);

public sealed record AuthError(int Code, string Message);

/// <summary>An agent's state: one that changed, or what an agent says of itself.</summary>
/// <param name="Cpu">Of one core: 1 is all of it.</param>
/// <param name="Memory">Bytes.</param>
public sealed record AgentStatusPayload(
    string AgentId, string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Cpu = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Memory = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Running = null);

/// <summary>To a person: devices that came, went, or are used more or less than before. Registry knows it already.</summary>
/// <param name="Stale">There is more than this frame says: who shows devices asks anew.</param>
public sealed record DeviceStatusPayload(
    IReadOnlyList<ToldDevice> Devices, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Stale = false);

public sealed record ToldDevice(string DeviceId, string Status, DateTimeOffset LastSeen, DeviceLoad? Load);

/// <summary>To a person: who is there. To a device: the agents that it carries.</summary>
/// <param name="More">The next frame of this type goes on with the same list.</param>
public sealed record AgentList(
    IReadOnlyList<ListedAgent> Agents, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool More = false);

public sealed record ListedAgent(
    string Id, string Name, string Type, string Role, string Status, string? DeviceId, string? PostId,
    IReadOnlyList<string> Capabilities, IReadOnlyList<string> Tags, int Concurrency);

public sealed record MetricsPayload(IReadOnlyList<MetricValue> Points)
{
    public const int MaxPoints = 1_000;
}

/// <param name="Ts">Seconds since 1970, with a fraction where one likes; left out, now.</param>
/// <param name="Labels">A label <c>agent_id</c> makes it that agent's figure.</param>
public sealed record MetricValue(string Name, double Value, double? Ts = null, IReadOnlyDictionary<string, string>? Labels = null);

/// <summary>What changed on a device since it enrolled. What is left out stays as it is.</summary>
/// <param name="Labels">Set beside the ones that are there; an empty value takes that label away.</param>
public sealed record DeviceUpdate(
    IReadOnlyList<string>? Capabilities = null, IReadOnlyDictionary<string, string>? Labels = null, string? Version = null,
    string? Hostname = null, string? Os = null, string? Arch = null, string? Ip = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Capabilities(Capabilities);
        problems.Labels(Labels);
        problems.OptionalText(Version, 0, 64);
        problems.OptionalText(Hostname, 1, 255);
        problems.OptionalText(Os, 0, 64);
        problems.OptionalText(Arch, 0, 64);
        problems.OptionalText(Ip, 0, 64);
    }
}

/// <param name="Ref">The id of the frame that it answers.</param>
public sealed record ErrorPayload(int Code, string Message, string? Ref = null);
