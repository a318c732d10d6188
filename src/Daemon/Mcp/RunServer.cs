using System.Globalization;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Config;
using Agents.Daemon.Link;
using Agents.Daemon.Mcp.Tools;
using Agents.Daemon.Server;
using Agents.Daemon.State;
using GroupView = Agents.Contracts.Realtime.Groups.GroupView;

namespace Agents.Daemon.Mcp;

/// <summary>What the tools ask of the server, as the device that this is just now, for one of its agents.</summary>
internal sealed class RunServer(Func<Enrolment> device, ServerAddress? address, ServerTrust trust, Signer signer)
{
    private static readonly DaemonJson Json = DaemonJson.Wire;

    public Task<ListOf<Colleague>> ColleaguesAsync(McpRun run, CancellationToken cancellationToken) =>
        AskAsync(async (api, token) => await api.GetAsync($"{Task(run)}/colleagues?{Attempt(run)}", Json.ListOfColleague, token, cancellationToken) ?? throw Over());

    public Task<HandedOver> HandOverAsync(McpRun run, HandOverRequest request, CancellationToken cancellationToken) =>
        AskAsync((api, token) => api.PostAsync($"{Task(run)}/handovers", request, Json.HandOverRequest, Json.HandedOver, token, cancellationToken));

    public Task<ListOf<HandoverView>> HandoversAsync(McpRun run, CancellationToken cancellationToken) =>
        AskAsync(async (api, token) => await api.GetAsync($"{Task(run)}/handovers?{Attempt(run)}", Json.ListOfHandoverView, token, cancellationToken) ?? throw Over());

    /// <summary>Null where it has handed over no such task.</summary>
    public Task<HandoverView?> HandoverAsync(McpRun run, string task, int wait, CancellationToken cancellationToken) => AskAsync((api, token) => api.GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"{Task(run)}/handovers/{Uri.EscapeDataString(task)}?{Attempt(run)}&wait={wait}"), Json.HandoverView, token, cancellationToken));

    public Task<ListOf<GroupView>> GroupsAsync(McpRun run, bool joined, int most, CancellationToken cancellationToken) => AskAsync(async (api, token) =>
        await api.GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"groups?{Agent(run)}&page_size={most}{(joined ? "&joined=true" : "")}"), Json.ListOfGroupView, token, cancellationToken) ?? throw Over());

    /// <summary>Null where there is no such group, or the agent may not read it.</summary>
    public Task<ListOf<GroupEntry>?> MessagesAsync(McpRun run, string group, int? after, string? thread, int limit, CancellationToken cancellationToken) => AskAsync((api, token) =>
    {
        var from = after is { } seq ? string.Create(CultureInfo.InvariantCulture, $"&after={seq}") : "";
        var of = thread is null ? "" : $"&thread={Uri.EscapeDataString(thread)}";
        return api.GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"groups/{Uri.EscapeDataString(group)}/messages?{Agent(run)}&limit={limit}{from}{of}"), Json.ListOfGroupEntry, token, cancellationToken);
    });

    public Task<GroupId> JoinAsync(McpRun run, string group, CancellationToken cancellationToken) =>
        AskAsync((api, token) => api.PostAsync($"groups/{Uri.EscapeDataString(group)}/join?{Agent(run)}", new(), Json.Nothing, Json.GroupId, token, cancellationToken));

    /// <summary>Signed, where this device has a key: others will read it.</summary>
    public Task<Said> SayAsync(string group, SayRequest say, CancellationToken cancellationToken) => AskAsync((api, token) =>
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(say, Json.SayRequest);
        return api.PostSignedAsync($"groups/{Uri.EscapeDataString(group)}/messages", body, signer.Sign(FrameType.GroupMessage, body), Json.Said, token, cancellationToken);
    });

    public Task<ListOf<InboxEntry>> InboxAsync(McpRun run, bool unread, int most, CancellationToken cancellationToken) => AskAsync(async (api, token) =>
        await api.GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"{Inbox(run)}?page_size={most}{(unread ? "&unread=true" : "")}"), Json.ListOfInboxEntry, token, cancellationToken) ?? throw Over());

    public Task<InboxAcked> AcknowledgeAsync(McpRun run, InboxAckRequest request, CancellationToken cancellationToken) =>
        AskAsync((api, token) => api.PostAsync($"{Inbox(run)}/ack", request, Json.InboxAckRequest, Json.InboxAcked, token, cancellationToken));

    public Task<ArtifactView> SaveAsync(McpRun run, string name, Stream content, string sha256, CancellationToken cancellationToken) =>
        AskAsync((api, token) => api.UploadAsync(run.TaskId, name, content, token, cancellationToken, System.Net.Mime.MediaTypeNames.Application.Octet, sha256), ServerApi.FileLimit);

    private static string Task(McpRun run) => $"tasks/{Uri.EscapeDataString(run.TaskId)}";

    private static string Attempt(McpRun run) => string.Create(CultureInfo.InvariantCulture, $"attempt={run.Attempt}");

    private static string Agent(McpRun run) => $"agent_id={Uri.EscapeDataString(run.AgentId)}";

    private static string Inbox(McpRun run) => $"agents/{Uri.EscapeDataString(run.AgentId)}/inbox";

    private static ToolFault Over() => new("The server does not know this task any more.");

    private async Task<T> AskAsync<T>(Func<ServerApi, string, Task<T>> ask, TimeSpan? limit = null)
    {
        var enrolled = device();
        using var api = ServerApi.At(address ?? ServerAddress.Parse(enrolled.Server), trust, limit);
        return await ask(api, enrolled.DeviceToken);
    }
}
