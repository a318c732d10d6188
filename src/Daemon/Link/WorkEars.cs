using Agents.Contracts.Realtime;

namespace Agents.Daemon.Link;

/// <summary>Who hears what the server says of agents and their work. Nothing here may take long: the next frame waits for it.</summary>
internal sealed record WorkEars
{
    /// <summary>What an agent is.</summary>
    public Action<AgentConfigTold> Told { get; init; } = _ => { };

    public Action<TaskOrder> Ordered { get; init; } = _ => { };

    public Action<TaskCancel> Canceled { get; init; } = _ => { };

    public Action<TaskAck> Acked { get; init; } = _ => { };

    public Action<TaskAnswer> Answered { get; init; } = _ => { };

    /// <summary>More words for what runs.</summary>
    public Action<TaskMessage> Messaged { get; init; } = _ => { };
}
