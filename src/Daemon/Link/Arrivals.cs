using Agents.Contracts.Realtime;
using Agents.Daemon.State;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Link;

/// <summary>What the server's frames do here. A type that is not known is a newer server's, and passed over.</summary>
internal sealed partial class Arrivals(CarriedAgents agents, SentFrames sent, Action changed, WorkEars ears, ILogger log)
{
    /// <summary>Many more than a device may carry.</summary>
    private const int MostAgents = 10_000;

    private readonly List<CarriedAgent> _parts = [];

    /// <summary>Why the server is about to end the connection for good, where it has said so.</summary>
    public string? Refusal { get; private set; }

    public void Handle(Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Heartbeat:
                break;
            case FrameType.AgentList when Handshake.Payload(frame, DaemonJson.Wire.AgentList) is { Agents: not null } list:
                Take(list);
                break;
            case FrameType.AgentConfig when Handshake.Payload(frame, DaemonJson.Wire.AgentConfigTold) is { AgentId: not null, Revision: not null } config:
                ears.Told(config);
                break;
            case FrameType.TaskSubmit when Handshake.Payload(frame, DaemonJson.Wire.TaskOrder) is { TaskId: not null, AgentId: not null } order:
                ears.Ordered(order);
                break;
            case FrameType.TaskCancel when Handshake.Payload(frame, DaemonJson.Wire.TaskCancel) is { TaskId: not null } cancel:
                ears.Canceled(cancel);
                break;
            case FrameType.TaskAck when Handshake.Payload(frame, DaemonJson.Wire.TaskAck) is { TaskId: not null } ack:
                ears.Acked(ack);
                break;
            case FrameType.TaskAnswer when Handshake.Payload(frame, DaemonJson.Wire.TaskAnswer) is { QuestionId: not null } answer:
                ears.Answered(answer);
                break;
            case FrameType.TaskMessage when Handshake.Payload(frame, DaemonJson.Wire.TaskMessage) is { TaskId: not null, Text: not null } message:
                ears.Messaged(message);
                break;
            case FrameType.AuthError:
                Refusal = Handshake.Payload(frame, DaemonJson.Wire.AuthError)?.Message ?? "the server gave no reason";
                break;
            case FrameType.Error when Handshake.Payload(frame, DaemonJson.Wire.ErrorPayload) is { } error:
                Log.ServerError(log, error.Code, error.Message, error.Ref);
                sent.Refused(error.Ref, error.Code, error.Message);
                break;
            default:
                Log.PassedOver(log, frame.Type);
                break;
        }
    }

    /// <summary>A list that comes in parts is one only when the last of them is here.</summary>
    private void Take(AgentList list)
    {
        _parts.AddRange(list.Agents.Take(MostAgents - _parts.Count).Select(agent => new CarriedAgent(agent.Id, agent.Name, agent.Type)));
        if (list.More)
        {
            return;
        }

        agents.Replace(_parts.DistinctBy(agent => agent.Id));
        _parts.Clear();
        changed();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The server did not take a frame: {Message} (code {Code}, frame {Ref})")]
        public static partial void ServerError(ILogger log, int code, string message, string? @ref);

        [LoggerMessage(LogLevel.Debug, "A frame of type {Type} is passed over")]
        public static partial void PassedOver(ILogger log, string type);
    }
}
