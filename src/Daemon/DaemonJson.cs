using System.Text.Json;
using System.Text.Json.Serialization;
using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.Contracts.Posts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Registry;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Commands;
using Agents.Daemon.Mcp.Tools;
using Agents.Daemon.Processes;
using Agents.Daemon.Runners;
using Agents.Daemon.Server;
using Agents.Daemon.State;
using Agents.Daemon.Work;
using Agents.Daemon.Work.Files;
using Agents.Daemon.Work.Moves;
using Agents.Daemon.Work.Repos;
using GroupView = Agents.Contracts.Realtime.Groups.GroupView;

namespace Agents.Daemon;

/// <summary>All JSON of the daemon, generated at build time: a trimmed program has no reflection to fall back on.</summary>
[JsonSerializable(typeof(Frame))]
[JsonSerializable(typeof(AuthOk))]
[JsonSerializable(typeof(AuthError))]
[JsonSerializable(typeof(HeartbeatIn))]
[JsonSerializable(typeof(HeartbeatOut))]
[JsonSerializable(typeof(AgentList))]
[JsonSerializable(typeof(AgentConfigTold))]
[JsonSerializable(typeof(AgentConfigHeld))]
[JsonSerializable(typeof(ReadConfig))]
[JsonSerializable(typeof(MetricsPayload))]
[JsonSerializable(typeof(DeviceUpdate))]
[JsonSerializable(typeof(ErrorPayload))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(EnrolmentTokenRequest))]
[JsonSerializable(typeof(RegisterDeviceRequest))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(Envelope<JsonElement>))]
[JsonSerializable(typeof(FieldErrors))]
[JsonSerializable(typeof(TokenReply))]
[JsonSerializable(typeof(MeReply))]
[JsonSerializable(typeof(EnrolmentToken))]
[JsonSerializable(typeof(RegisteredDevice))]
[JsonSerializable(typeof(DeviceView))]
[JsonSerializable(typeof(ListOf<AgentView>))]
[JsonSerializable(typeof(GroupView))]
[JsonSerializable(typeof(ListOf<GroupEntry>))]
[JsonSerializable(typeof(ListOf<DeviceKeyPeriod>))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(Enrolment))]
[JsonSerializable(typeof(LinkReport))]
[JsonSerializable(typeof(FailureReport))]
[JsonSerializable(typeof(SignedInReport))]
[JsonSerializable(typeof(SignedOutReport))]
[JsonSerializable(typeof(TokenReport))]
[JsonSerializable(typeof(ConnectedReport))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(WorkLeft))]
[JsonSerializable(typeof(TaskOrder))]
[JsonSerializable(typeof(TaskCancel))]
[JsonSerializable(typeof(TaskAck))]
[JsonSerializable(typeof(TaskAccept))]
[JsonSerializable(typeof(TaskProgress))]
[JsonSerializable(typeof(TaskResult))]
[JsonSerializable(typeof(TaskError))]
[JsonSerializable(typeof(TaskQuestion))]
[JsonSerializable(typeof(TaskAnswer))]
[JsonSerializable(typeof(TaskMessage))]
[JsonSerializable(typeof(PostView))]
[JsonSerializable(typeof(ListOf<PostRow>))]
[JsonSerializable(typeof(CreatePostRequest))]
[JsonSerializable(typeof(PostId))]
[JsonSerializable(typeof(CreateAgentsRequest))]
[JsonSerializable(typeof(AgentsMade))]
[JsonSerializable(typeof(SubmitTaskRequest))]
[JsonSerializable(typeof(SubmittedTask))]
[JsonSerializable(typeof(TaskView))]
[JsonSerializable(typeof(TaskList))]
[JsonSerializable(typeof(TaskEventList))]
[JsonSerializable(typeof(CancelTaskRequest))]
[JsonSerializable(typeof(CanceledTask))]
[JsonSerializable(typeof(ListOf<QuestionView>))]
[JsonSerializable(typeof(AnswerTaskRequest))]
[JsonSerializable(typeof(AnsweredTask))]
[JsonSerializable(typeof(TellTaskRequest))]
[JsonSerializable(typeof(ToldTask))]
[JsonSerializable(typeof(TaskSecretsRequest))]
[JsonSerializable(typeof(TaskSecrets))]
[JsonSerializable(typeof(ArtifactView))]
[JsonSerializable(typeof(ListOf<ArtifactView>))]
[JsonSerializable(typeof(List<ArtifactView>), TypeInfoPropertyName = "ListArtifactView")]
[JsonSerializable(typeof(List<FetchedReport>), TypeInfoPropertyName = "ListFetchedReport")]
[JsonSerializable(typeof(List<ToldFile>), TypeInfoPropertyName = "ListToldFile")]
[JsonSerializable(typeof(List<LeftFile>), TypeInfoPropertyName = "ListLeftFile")]
[JsonSerializable(typeof(MovedWork))]
[JsonSerializable(typeof(ListOf<Colleague>))]
[JsonSerializable(typeof(HandOverRequest))]
[JsonSerializable(typeof(HandedOver))]
[JsonSerializable(typeof(HandoverView))]
[JsonSerializable(typeof(ListOf<HandoverView>))]
[JsonSerializable(typeof(ListOf<GroupView>))]
[JsonSerializable(typeof(GroupId))]
[JsonSerializable(typeof(SayRequest))]
[JsonSerializable(typeof(Said))]
[JsonSerializable(typeof(ListOf<InboxEntry>))]
[JsonSerializable(typeof(InboxAckRequest))]
[JsonSerializable(typeof(InboxAcked))]
[JsonSerializable(typeof(ListOf<ShownGroup>))]
[JsonSerializable(typeof(ListOf<ShownMessage>))]
[JsonSerializable(typeof(AgentSetup))]
[JsonSerializable(typeof(SpoolRecord))]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(GuardedRun))]
[JsonSerializable(typeof(CommandResult))]
[JsonSerializable(typeof(UnitReport))]
[JsonSerializable(typeof(VersionReport))]
internal sealed partial class DaemonJson : JsonSerializerContext
{
    /// <summary>As the wire has it.</summary>
    public static DaemonJson Wire { get; } = new(WireJson.Apply(new(JsonSerializerDefaults.Web)));

    /// <summary>For people: files that they may open, and what <c>--json</c> prints.</summary>
    public static DaemonJson Readable { get; } = new(WireJson.Apply(new(JsonSerializerDefaults.Web) { WriteIndented = true }));
}
