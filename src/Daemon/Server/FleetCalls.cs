using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;

namespace Agents.Daemon.Server;

/// <summary>Devices, agents, and the posts that these have.</summary>
internal static class FleetCalls
{
    private static readonly DaemonJson Json = DaemonJson.Wire;

    public static Task<EnrolmentToken> EnrolmentTokenAsync(this ServerApi api, EnrolmentTokenRequest request, string credential, CancellationToken cancellationToken) =>
        api.PostAsync("devices/tokens", request, Json.EnrolmentTokenRequest, Json.EnrolmentToken, credential, cancellationToken);

    public static Task<RegisteredDevice> RegisterDeviceAsync(this ServerApi api, RegisterDeviceRequest request, CancellationToken cancellationToken) =>
        api.PostAsync("devices/register", request, Json.RegisterDeviceRequest, Json.RegisteredDevice, null, cancellationToken);

    public static Task<DeviceView?> DeviceAsync(this ServerApi api, string id, string credential, CancellationToken cancellationToken) =>
        api.GetAsync($"devices/{Uri.EscapeDataString(id)}", Json.DeviceView, credential, cancellationToken);

    public static async Task<ListOf<AgentView>> AgentsAsync(this ServerApi api, string query, string credential, CancellationToken cancellationToken) =>
        await api.GetAsync($"agents?{query}", Json.ListOfAgentView, credential, cancellationToken) ?? throw api.Strange("agents");

    /// <summary>Null where there is none, or it is not to be seen.</summary>
    public static Task<AgentView?> AgentAsync(this ServerApi api, string id, string credential, CancellationToken cancellationToken) =>
        api.GetAsync($"agents/{Uri.EscapeDataString(id)}", Json.AgentView, credential, cancellationToken);

    /// <summary>All that the device has ever signed with.</summary>
    public static async Task<IReadOnlyList<DeviceKeyPeriod>> DeviceKeysAsync(this ServerApi api, string deviceId, string credential, CancellationToken cancellationToken) =>
        (await api.GetAsync($"devices/{Uri.EscapeDataString(deviceId)}/keys", Json.ListOfDeviceKeyPeriod, credential, cancellationToken))?.Items ?? [];

    /// <summary>What the agent is to be; null where there is no such agent.</summary>
    public static async Task<AgentConfigTold?> AgentConfigAsync(this ServerApi api, string id, string credential, CancellationToken cancellationToken) =>
        await api.GetAsync($"agents/{Uri.EscapeDataString(id)}/config", Json.ReadConfig, credential, cancellationToken) is { } read
            ? new(id, read.PostId, read.Version, read.Revision, read.Effective)
            : null;

    public static async Task<ListOf<PostRow>> PostsAsync(this ServerApi api, string query, string credential, CancellationToken cancellationToken) =>
        await api.GetAsync($"posts?{query}", Json.ListOfPostRow, credential, cancellationToken) ?? throw api.Strange("posts");

    /// <summary>Null where there is none.</summary>
    public static Task<PostView?> PostAsync(this ServerApi api, string id, string credential, CancellationToken cancellationToken) =>
        api.GetAsync($"posts/{Uri.EscapeDataString(id)}", Json.PostView, credential, cancellationToken);

    public static Task<PostId> MakePostAsync(this ServerApi api, CreatePostRequest post, string credential, CancellationToken cancellationToken) =>
        api.PostAsync("posts", post, Json.CreatePostRequest, Json.PostId, credential, cancellationToken);

    public static Task<AgentsMade> MakeAgentsAsync(this ServerApi api, string post, CreateAgentsRequest order, string credential, CancellationToken cancellationToken) =>
        api.PostAsync($"posts/{Uri.EscapeDataString(post)}/agents", order, Json.CreateAgentsRequest, Json.AgentsMade, credential, cancellationToken);
}
