using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Registry.Devices;
using Agents.Registry.Presence;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Devices;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using static Agents.Registry.Agents.AgentChanges;

namespace Agents.Registry.Agents;

internal static class AgentsApi
{
    public static void AddAgents(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AgentTokens>();
        builder.Services.AddScoped<MessageSignatures>();
        builder.Services.AddScoped<AgentRegistration>();
        builder.Services.AddScoped<AgentChanges>();
    }

    public static void MapAgents(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/agents").WithTags("Agents");
        var seen = agents.MapGroup("").RequireAuthorization(Policies.SignedInOrDevice);
        var changed = agents.MapGroup("").RequireAuthorization(Policies.Operator);

        agents.MapPost("/register", RegisterAsync).RequireAuthorization(Policies.Device);
        seen.MapGet("/", ListAsync);
        seen.MapGet("/{id}", GetAsync);
        changed.MapPost("/", CreateAsync).WithIdempotency();
        changed.MapPut("/{id}", PutAsync);
        changed.MapPatch("/{id}", PatchAsync);
        changed.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<Results<Ok<ListOf<AgentView>>, BareAgents>> ListAsync(
        [AsParameters] AgentFilter filter, HttpRequest request, RegistryDb db, Silence silence, Caller caller, CancellationToken cancellationToken,
        int page = 1, [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize)
    {
        var paging = new Paging(page, pageSize);
        // Seed 001 asks with a device's token, and means those who are there.
        var bare = BareAgents.AreAskedFor(request);
        filter = bare && caller.IsDevice && filter.Online is null ? filter with { Online = true } : filter;
        var found = db.AgentsFor(caller, silence).Where(filter);
        var ordered = found.OrderBy(r => r.Agent.CreatedAt).ThenBy(r => r.Agent.Id);
        if (bare)
        {
            return new BareAgents([.. (await ordered.Take(BareAgents.Cap).ToListAsync(cancellationToken)).Select(r => r.ToView())]);
        }

        var total = await found.Take(ListOf<AgentView>.Cap + 1).CountAsync(cancellationToken);
        var agents = await ordered.Skip(paging.Skip).Take(paging.Size).ToListAsync(cancellationToken);
        return TypedResults.Ok(ListOf<AgentView>.Capped([.. agents.Select(r => r.ToView())], total));
    }

    private static async Task<Results<Ok<AgentView>, Missing>> GetAsync(
        string id, RegistryDb db, Silence silence, Caller caller, CancellationToken cancellationToken) =>
        await db.AgentsFor(caller, silence).SingleOrDefaultAsync(r => r.Agent.Id == id, cancellationToken) is { } agent
            ? TypedResults.Ok(agent.ToView())
            : new Missing();

    private static async Task<Results<Created<AgentId>, Invalid, Clash>> CreateAsync(
        CreateAgentRequest request, AgentChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await changes.CreateAsync(caller, request, cancellationToken) switch
        {
            (Outcome.Done, var id) => TypedResults.Created($"/api/v1/agents/{id}", new AgentId(id)),
            (Outcome.NoSuchDevice, _) => NoSuchDevice(),
            (Outcome.NoSuchPost, _) => NoSuchPost(),
            (Outcome.DeviceFull, _) => DeviceFull(),
            _ => new Clash("An agent of this id exists already."),
        };

    private static async Task<Results<Ok<Updated>, Missing, Invalid>> PutAsync(
        string id, ChangeAgentRequest request, AgentChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await changes.ChangeAsync(caller, id, request, cancellationToken) switch
        {
            Outcome.Done => TypedResults.Ok(new Updated()),
            Outcome.NoSuchDevice => NoSuchDevice(),
            Outcome.NoSuchPost => NoSuchPost(),
            Outcome.DeviceFull => DeviceFull(),
            _ => new Missing(),
        };

    private static async Task<Results<Ok<AgentView>, Missing, Invalid>> PatchAsync(
        string id, ChangeAgentRequest request, AgentChanges changes, RegistryDb db, Silence silence, Caller caller, CancellationToken cancellationToken) =>
        await changes.ChangeAsync(caller, id, request, cancellationToken) switch
        {
            Outcome.NoSuchDevice => NoSuchDevice(),
            Outcome.NoSuchPost => NoSuchPost(),
            Outcome.DeviceFull => DeviceFull(),
            Outcome.Done when (await GetAsync(id, db, silence, caller, cancellationToken)).Result is Ok<AgentView> changed => changed,
            _ => new Missing(),
        };

    private static async Task<Results<Ok<Deleted>, Missing>> DeleteAsync(
        string id, AgentChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await changes.DeleteAsync(caller, id, cancellationToken) is Outcome.Done ? TypedResults.Ok(new Deleted()) : new Missing();

    private static async Task<Results<Ok<AgentView>, NotSignedIn, Clash, TooMany>> RegisterAsync(
        SignedBody<RegisterAgentRequest> request, AgentRegistration registration, RegistryDb db, Silence silence, Caller caller,
        CancellationToken cancellationToken) =>
        await registration.RegisterAsync(caller, caller.Id, request.Value, request.SignatureOf(FrameType.AgentRegister), cancellationToken) switch
        {
            (AgentRegistration.Outcome.Done, { } agent) => TypedResults.Ok(
                (await db.AgentsFor(caller, silence).SingleOrDefaultAsync(r => r.Agent.Id == agent.Id, cancellationToken))?.ToView()
                ?? agent.ToView(null, null, null)),
            (AgentRegistration.Outcome.Others, _) => new Clash("This agent belongs to another device."),
            (AgentRegistration.Outcome.TooMany, _) => new Clash($"Not registered: {DeviceRoom.Full}."),
            (AgentRegistration.Outcome.TooOften, _) => new TooMany(ChangeRate.Pause),
            (AgentRegistration.Outcome.BadSignature, _) => new NotSignedIn(
                $"This device signs its registrations: {MessageSignature.IdHeader}, new each time, {MessageSignature.TimeHeader} within 5 minutes, and {MessageSignature.SignatureHeader} over them and the body."),
            _ => new NotSignedIn(),
        };

    private static Invalid NoSuchDevice() => new("device_id", "there is no such device");

    private static Invalid NoSuchPost() => new("post_id", "there is no such post");

    private static Invalid DeviceFull() => new("device_id", DeviceRoom.Full);
}
