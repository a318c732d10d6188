using Agents.Contracts.Posts;
using Agents.Contracts.Realtime;
using Refit;

namespace Agents.Contracts.Registry;

/// <summary>What Registry tells the other services. Never routed by the gateway.</summary>
public interface IRegistryInternal
{
    /// <summary>The device that this token belongs to; 404 where there is none.</summary>
    [Post("/internal/devices/authenticate")]
    Task<KnownDevice> AuthenticateDeviceAsync([Body] DeviceCredential credential, CancellationToken cancellationToken);

    /// <summary>The agent, where this is its token; else 404.</summary>
    [Post("/internal/agents/authenticate")]
    Task<KnownAgent> AuthenticateAgentAsync([Body] AgentCredential credential, CancellationToken cancellationToken);

    /// <summary>404 where there is none.</summary>
    [Get("/internal/agents/{id}")]
    Task<KnownAgent> GetAgentAsync(string id, CancellationToken cancellationToken);

    /// <summary>Of many at once; those that are not there are left out.</summary>
    [Post("/internal/agents/known")]
    Task<KnownAgents> FindAgentsAsync([Body] AgentIds agents, CancellationToken cancellationToken);

    /// <summary>How many agents have this post.</summary>
    [Get("/internal/posts/{postId}/agents")]
    Task<AgentsOfPost> CountAgentsAsync(string postId, CancellationToken cancellationToken);

    /// <summary>Makes agents of a post, all or none. 400 names the field that stands in the way; the same key again is the same answer.</summary>
    /// <param name="address">Where the person sits who asked for them, for the audit.</param>
    [Post("/internal/posts/{postId}/agents")]
    Task<AgentsMade> MakeAgentsAsync(
        string postId, [Body] AgentsOrder order, [Header("Idempotency-Key")] string? key, [Header("X-Forwarded-For")] string? address,
        CancellationToken cancellationToken);

    /// <summary>404 where there is no such agent.</summary>
    [Get("/internal/agents/{id}/overrides")]
    Task<AgentOverrides> GetOverridesAsync(string id, CancellationToken cancellationToken);

    /// <summary>404 where there is no such agent.</summary>
    /// <param name="address">Where the person sits, for the audit.</param>
    [Put("/internal/agents/{id}/overrides")]
    Task ChangeOverridesAsync(string id, [Body] ChangeOverrides change, [Header("X-Forwarded-For")] string? address, CancellationToken cancellationToken);

    /// <summary>The same of many at once; who is gone is left out.</summary>
    [Post("/internal/agents/overrides")]
    Task<ManyOverrides> GetManyOverridesAsync([Body] AgentIds agents, CancellationToken cancellationToken);

    /// <summary>What agents are from their next tasks on, as their devices say. Of who is gone nothing is kept.</summary>
    [Put("/internal/agents/configs")]
    Task HoldConfigsAsync([Body] HeldConfigs held, CancellationToken cancellationToken);

    /// <summary>All agents of a post, page by page, in the order of their ids.</summary>
    /// <param name="after">The last page's <see cref="StaffPage.Next"/>.</param>
    [Get("/internal/posts/{postId}/staff")]
    Task<StaffPage> GetStaffAsync(string postId, string? after, CancellationToken cancellationToken);

    /// <summary>Without their values. 404 where there is no such agent.</summary>
    [Get("/internal/agents/{id}/secrets")]
    Task<AgentSecrets> GetSecretsAsync(string id, CancellationToken cancellationToken);

    /// <summary>With their values, as they were sealed. 404 where there is no such agent.</summary>
    [Get("/internal/agents/{id}/secrets/sealed")]
    Task<SealedSecrets> GetSealedSecretsAsync(string id, CancellationToken cancellationToken);

    /// <summary>404 where there is no such agent, or it is another owner's; 400 where it has too many.</summary>
    /// <param name="address">Where the person sits, for the audit.</param>
    [Put("/internal/agents/{id}/secrets/{name}")]
    Task<SecretView> PutSecretAsync(
        string id, string name, [Body] SealSecret secret, [Header("X-Forwarded-For")] string? address, CancellationToken cancellationToken);

    /// <summary>404 where there is no such agent or secret, or the agent is another owner's.</summary>
    /// <param name="by">The person who deletes it.</param>
    /// <param name="owner">Whose agent it was when that was allowed; null where it doesn't matter.</param>
    /// <param name="address">Where the person sits, for the audit.</param>
    [Delete("/internal/agents/{id}/secrets/{name}")]
    Task DeleteSecretAsync(
        string id, string name, string by, string? owner, [Header("X-Forwarded-For")] string? address, CancellationToken cancellationToken);

    /// <summary>All devices and agents, page by page, for who keeps them: read the feed's newest number first, and follow it from there.</summary>
    /// <param name="after">The last page's <see cref="FleetPage.Next"/>.</param>
    [Get("/internal/fleet")]
    Task<FleetPage> GetFleetAsync(string? after, CancellationToken cancellationToken);

    /// <summary>A device announces an agent of its own. 409 where the id is another's or the device is full, 429 where it says too much that is new.</summary>
    [Post("/internal/devices/{deviceId}/agents")]
    Task<KnownAgent> RegisterAgentAsync(string deviceId, [Body] RegisterAgentRequest request, CancellationToken cancellationToken);

    /// <summary>The device has sent a signed message with this id. 409 where one with it was seen before, by REST or by a socket.</summary>
    [Post("/internal/devices/{deviceId}/messages")]
    Task RememberMessageAsync(string deviceId, [Body] SignedMessage message, CancellationToken cancellationToken);

    /// <summary>What a device says of itself is new. What is left out stays as it is. 429 where it says too much that is new.</summary>
    [Patch("/internal/devices/{deviceId}")]
    Task UpdateDeviceAsync(string deviceId, [Body] DeviceUpdate update, CancellationToken cancellationToken);

    /// <summary>Answers at once when there is something after the number, else when there is, else empty after <paramref name="wait"/> seconds.</summary>
    [Get("/internal/changes")]
    Task<ChangePage> GetChangesAsync(long after, int wait, CancellationToken cancellationToken);

    [Post("/internal/presence")]
    Task ReportPresenceAsync([Body] PresenceReport report, CancellationToken cancellationToken);

    [Post("/internal/metrics")]
    Task ReportMetricsAsync([Body] MetricReport report, CancellationToken cancellationToken);
}

public sealed record DeviceCredential(string Token);

public sealed record SignedMessage(string Id);

/// <param name="AgentId">Null: whoever has the token.</param>
public sealed record AgentCredential(string Token, string? AgentId = null);

public sealed record AgentsOfPost(int Agents);

public sealed record KnownAgents(IReadOnlyList<KnownAgent> Items);

/// <param name="Keys">The newest last; it signs with that one.</param>
/// <param name="TokenVersion">Higher with each new token.</param>
public sealed record KnownDevice(
    string Id, string? Owner, int Concurrency, bool Draining, int TokenVersion, IReadOnlyList<DeviceKey> Keys, IReadOnlyList<KnownAgent> Agents);

/// <param name="PublicKey">SubjectPublicKeyInfo, base64.</param>
public sealed record DeviceKey(string KeyId, string PublicKey);

/// <param name="TokenVersion">Higher with each new token of its own.</param>
/// <param name="Limits">What it has otherwise than its post of how much its model may be used, see <see cref="Posts.Budget.OwnOf"/>.</param>
public sealed record KnownAgent(
    string Id, string Name, string Type, string Role, string? Owner, string Visibility, string? DeviceId, string? PostId,
    IReadOnlyList<string> Capabilities, IReadOnlyList<string> Tags, IReadOnlyDictionary<string, string> Labels, int Concurrency, int TokenVersion,
    IReadOnlyDictionary<string, decimal?>? Limits = null);

/// <param name="Next">Null after the last page.</param>
public sealed record FleetPage(IReadOnlyList<DeviceFacts> Devices, IReadOnlyList<KnownAgent> Agents, string? Next);

/// <summary>What decides about work on a device.</summary>
public sealed record DeviceFacts(
    string Id, string? Owner, int Concurrency, bool Draining, IReadOnlyList<string> Capabilities, IReadOnlyDictionary<string, string> Labels);

/// <param name="Last">The newest number there is; smaller than asked after means that the feed began anew.</param>
/// <param name="First">The oldest number that is still kept; who asked after an older one has missed some.</param>
public sealed record ChangePage(long Last, long First, IReadOnlyList<Change> Items);

/// <param name="Agent">The agent as it is now, where one was saved.</param>
/// <param name="TokenVersion">Where a token ended: those of a smaller version are no good.</param>
/// <param name="Device">The device as it is now, where one was saved and is still there.</param>
public sealed record Change(long Seq, ChangeKind Kind, string Id, KnownAgent? Agent = null, int TokenVersion = 0, DeviceFacts? Device = null);

public enum ChangeKind
{
    AgentSaved,
    AgentDeleted,

    /// <summary>Its token is another, or none, or it is gone: what is open with an older one is to be closed.</summary>
    AgentTokenEnded,

    /// <summary>Its token, its keys, what it is or whether it drains: whoever has kept any of it asks again. Without a device, it is gone.</summary>
    DeviceSaved,

    /// <summary>Its token is new, or it is gone: what is open with an older one is to be closed.</summary>
    DeviceTokenEnded,
}
