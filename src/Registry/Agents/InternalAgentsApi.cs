using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Registry.Devices;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Agents;

internal static class InternalAgentsApi
{
    public static void MapInternalAgents(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/internal").RequireAuthorization(Policies.Service);

        agents.MapPost("/agents/authenticate", AuthenticateAsync);
        agents.MapPost("/agents/known", FindAsync);
        agents.MapGet("/agents/{id}", GetAsync);
        agents.MapPost("/devices/{deviceId}/agents", RegisterAsync);
        agents.MapPost("/devices/{deviceId}/messages", RememberAsync);
    }

    private static async Task<Results<Ok<KnownAgent>, NotFound>> AuthenticateAsync(
        AgentCredential credential, RegistryDb db, AgentTokens tokens, CancellationToken cancellationToken) =>
        await tokens.FindAsync(db, credential.Token, credential.AgentId, cancellationToken) is { } agent
            ? TypedResults.Ok(agent.ToKnown())
            : TypedResults.NotFound();

    private static async Task<Results<Ok<KnownAgent>, NotFound>> GetAsync(string id, RegistryDb db, CancellationToken cancellationToken) =>
        await db.Agents.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken) is { } agent
            ? TypedResults.Ok(agent.ToKnown())
            : TypedResults.NotFound();

    private static async Task<KnownAgents> FindAsync(AgentIds asked, RegistryDb db, CancellationToken cancellationToken) =>
        new([.. (await db.Agents.AsNoTracking().Where(a => asked.Ids.Contains(a.Id)).ToListAsync(cancellationToken)).Select(agent => agent.ToKnown())]);

    private static async Task<Results<Ok, Clash>> RememberAsync(
        string deviceId, SignedMessage message, MessageSignatures signatures, CancellationToken cancellationToken) =>
        await signatures.RememberAsync(deviceId, message.Id, cancellationToken) ? TypedResults.Ok() : new Clash("This id was seen before.");

    /// <summary>Realtime has seen that the device sent it, and has checked the signature.</summary>
    private static async Task<Results<Ok<KnownAgent>, Missing, Invalid, Clash, TooMany>> RegisterAsync(
        string deviceId, RegisterAgentRequest request, AgentRegistration registration, Caller caller, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        request.Validate(problems);
        if (problems.Any)
        {
            return new Invalid(problems.ToErrors());
        }

        return await registration.RegisterAsync(caller with { Id = deviceId }, deviceId, request, signature: null, cancellationToken) switch
        {
            (AgentRegistration.Outcome.Done, { } agent) => TypedResults.Ok(agent.ToKnown()),
            (AgentRegistration.Outcome.Others, _) => new Clash("This agent belongs to another device."),
            (AgentRegistration.Outcome.TooMany, _) => new Clash($"Not registered: {DeviceRoom.Full}."),
            (AgentRegistration.Outcome.TooOften, _) => new TooMany(ChangeRate.Pause),
            _ => new Missing(),
        };
    }
}
