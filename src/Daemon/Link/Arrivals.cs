using Agents.Contracts.Realtime;
using Agents.Daemon.State;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Link;

/// <summary>What the server's frames do here. A type that is not known is a newer server's, and passed over.</summary>
internal sealed partial class Arrivals(CarriedAgents agents, SentFrames sent, Action changed, ILogger log)
{
    /// <summary>Why the server is about to end the connection for good, where it has said so.</summary>
    public string? Refusal { get; private set; }

    public void Handle(Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Heartbeat:
                break;
            case FrameType.AgentList when Handshake.Payload(frame, DaemonJson.Wire.AgentList) is { Agents: not null } list:
                agents.Replace(list.Agents.Select(agent => new CarriedAgent(agent.Id, agent.Name, agent.Type)));
                changed();
                break;
            case FrameType.AuthError:
                Refusal = Handshake.Payload(frame, DaemonJson.Wire.AuthError)?.Message ?? "the server gave no reason";
                break;
            case FrameType.Error when Handshake.Payload(frame, DaemonJson.Wire.ErrorPayload) is { } error:
                Log.ServerError(log, error.Code, error.Message, error.Ref);
                sent.Refused(error.Ref, error.Code);
                break;
            default:
                Log.PassedOver(log, frame.Type);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The server did not take a frame: {Message} (code {Code}, frame {Ref})")]
        public static partial void ServerError(ILogger log, int code, string message, string? @ref);

        [LoggerMessage(LogLevel.Debug, "A frame of type {Type} is passed over")]
        public static partial void PassedOver(ILogger log, string type);
    }
}
