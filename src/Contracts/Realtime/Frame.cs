using System.Text.Json;

namespace Agents.Contracts.Realtime;

/// <summary>One message on a WebSocket of the envelope dialect, either way.</summary>
/// <param name="Ts">Seconds since 1970, UTC.</param>
/// <param name="Sig">See <see cref="FrameSignature"/>.</param>
public sealed record Frame(string Id, string Type, long Ts, JsonElement Payload, string? Sig = null)
{
    /// <summary>Longer ones are refused with close code 1009.</summary>
    public const int MaxBytes = 256 * 1024;
}

public static class FrameType
{
    public const string AuthOk = "auth/ok";
    public const string AuthError = "auth/error";
    public const string Heartbeat = "heartbeat";
    public const string AgentStatus = "agent/status";
    public const string AgentList = "agent/list";
    public const string AgentConfig = "agent/config";
    public const string AgentRegister = "agent/register";
    public const string DeviceStatus = "device/status";
    public const string DeviceUpdate = "device/update";
    public const string GroupJoin = "group/join";
    public const string GroupJoined = "group/joined";
    public const string GroupLeave = "group/leave";
    public const string GroupMessage = "group/message";
    /// <summary>No frame, and what is signed of a change by REST.</summary>
    public const string GroupEdit = "group/edit";

    /// <summary>To a page: what is said in its groups is sent from here on.</summary>
    public const string GroupReady = "group/ready";

    public const string GroupStored = "group/stored";
    public const string GroupAck = "group/ack";
    public const string Mention = "mention";
    public const string InboxAck = "inbox/ack";
    public const string Metrics = "metrics";
    public const string TaskSubmit = "task/submit";
    public const string TaskAccept = "task/accept";
    public const string TaskProgress = "task/progress";
    public const string TaskResult = "task/result";
    public const string TaskError = "task/error";
    public const string TaskAck = "task/ack";
    public const string TaskCancel = "task/cancel";
    public const string TaskState = "task/state";
    public const string TaskQuestion = "task/question";
    public const string TaskAnswer = "task/answer";
    public const string TaskMessage = "task/message";
    public const string Error = "error";
}

/// <summary>Why the server closes a WebSocket.</summary>
public static class CloseCode
{
    /// <summary>RFC 6455: the server goes away, or starts anew.</summary>
    public const int GoingAway = 1001;

    /// <summary>RFC 6455: only text is spoken here.</summary>
    public const int NotText = 1003;

    /// <summary>RFC 6455: not UTF-8, or not JSON.</summary>
    public const int NotJson = 1007;

    /// <summary>RFC 6455: longer than <see cref="Frame.MaxBytes"/>.</summary>
    public const int TooBig = 1009;

    /// <summary>RFC 6455: the server starts anew; connect again at once.</summary>
    public const int ComeAgain = 1012;

    /// <summary>RFC 6455: a part is down for the moment.</summary>
    public const int TryLater = 1013;

    /// <summary>The credential is no good, or no longer.</summary>
    public const int NotSignedIn = 4401;

    public const int NotAllowed = 4403;

    /// <summary>It reads too slowly.</summary>
    public const int TooSlow = 4408;

    /// <summary>A newer connection of the same device, agent or tab took its place: no reason to come back.</summary>
    public const int Replaced = 4409;
}
