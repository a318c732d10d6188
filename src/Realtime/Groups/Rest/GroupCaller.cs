using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Clients;
using Agents.ServiceDefaults.Devices;
using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime.Groups.Rest;

/// <summary>Who asks by REST, as groups know him: a person, an agent of its own process, or a device with its agents.</summary>
internal sealed class GroupCaller(Caller caller, IRegistryInternal registry, IDeviceTokens tokens, IHttpContextAccessor context)
{
    private KnownDevice? _device;

    public Caller Caller => caller;

    /// <summary>A member's key, or the device's: for who made something.</summary>
    public string Key => caller.IsDevice ? $"device:{caller.Id}" : caller.IsOwnAgent ? MemberKey.OfAgent(caller.Id) : MemberKey.OfUser(caller.Id);

    /// <summary>The members that he stands for.</summary>
    /// <param name="agentId">Of a device, this agent alone: what another of its agents may read is not for this one.</param>
    public async Task<string[]> KeysAsync(CancellationToken cancellationToken, string? agentId = null) => !caller.IsDevice ? [Key]
        : agentId is not null ? await SpeakerAsync(agentId, cancellationToken) is { } speaker ? [speaker.Key] : []
        : [.. (await AgentsAsync(cancellationToken)).Select(agent => MemberKey.OfAgent(agent.Id))];

    /// <param name="agentId">Of a device, which of its agents; left out where it has one only.</param>
    /// <returns>Null where it is none of his.</returns>
    public async Task<Speaker?> SpeakerAsync(string? agentId, CancellationToken cancellationToken)
    {
        if (caller.IsDevice)
        {
            var carried = await AgentsAsync(cancellationToken);
            // One that was registered a moment ago may not be among them yet.
            var agent = agentId is null
                ? carried is [var only] ? only : null
                : carried.FirstOrDefault(agent => agent.Id == agentId) ?? await OwnAgentAsync(agentId, cancellationToken);
            return agent is null ? null : new(MemberKey.OfAgent(agent.Id), agent.Name);
        }

        return caller.IsOwnAgent
            ? agentId is null || agentId == caller.Id ? new(Key, (await registry.GetAgentAsync(caller.Id, cancellationToken)).Name) : null
            : new(Key, caller.Name);
    }

    /// <summary>The agent, where he may look into what belongs to it: it is he, he carries it, it is his, or he runs the place.</summary>
    public async Task<KnownAgent?> OwnAgentAsync(string id, CancellationToken cancellationToken)
    {
        if (!Ids.IsValid(id) || await registry.GetAgentAsync(id, cancellationToken).OrNoneAsync() is not { } agent)
        {
            return null;
        }

        var its = caller.IsDevice ? agent.DeviceId == caller.Id : caller.IsOwnAgent ? agent.Id == caller.Id : caller.IsOperator || agent.Owner == caller.Id;
        return its ? agent : null;
    }

    public bool Sees(KnownAgent agent) =>
        agent.Visibility == AgentVisibility.Public || caller.IsOperator || (caller.IsDevice ? agent.DeviceId == caller.Id : agent.Owner == caller.Id);

    /// <summary>The groups that he may see.</summary>
    public async Task<IQueryable<Group>> GroupsAsync(RealtimeDb db, CancellationToken cancellationToken, string? agentId = null)
    {
        var keys = await KeysAsync(cancellationToken, agentId);
        return caller.IsOperator
            ? db.Groups
            : db.Groups.Where(g => g.Visibility == Contracts.Realtime.Groups.GroupVisibility.Open || db.Members.Any(m => m.GroupId == g.Id && keys.Contains(m.Member)));
    }

    public async Task<Group?> GroupAsync(RealtimeDb db, string id, CancellationToken cancellationToken, string? agentId = null) =>
        await (await GroupsAsync(db, cancellationToken, agentId)).SingleOrDefaultAsync(g => g.Id == id, cancellationToken);

    public bool Runs(Group group) => caller.IsOperator || group.CreatedBy == Key;

    /// <summary>The device whose token it is; null where it is none, or has ended this moment.</summary>
    public async Task<KnownDevice?> DeviceAsync(CancellationToken cancellationToken)
    {
        if (!caller.IsDevice)
        {
            return null;
        }

        var bearer = context.HttpContext?.Request.Headers.Authorization.ToString() ?? "";
        return _device ??= await tokens.FindAsync(bearer[(bearer.LastIndexOf(' ') + 1)..], cancellationToken);
    }

    private async Task<IReadOnlyList<KnownAgent>> AgentsAsync(CancellationToken cancellationToken) => (await DeviceAsync(cancellationToken))?.Agents ?? [];
}
