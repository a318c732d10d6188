using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Fleet;

/// <summary>All devices, then all agents, page by page, for the service that decides who works.</summary>
internal static class FleetApi
{
    private const int PageSize = 1_000;
    private const string OfDevices = "d:";
    private const string OfAgents = "a:";

    public static void MapInternalFleet(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/fleet", GetAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<FleetPage>, BadRequest>> GetAsync(string? after, RegistryDb db, CancellationToken cancellationToken)
    {
        if (after is null || after.StartsWith(OfDevices, StringComparison.Ordinal))
        {
            var last = after?[OfDevices.Length..] ?? "";
            var devices = await db.Devices.AsNoTracking().Where(d => string.Compare(d.Id, last) > 0).OrderBy(d => d.Id).Take(PageSize).ToListAsync(cancellationToken);
            return TypedResults.Ok(new FleetPage([.. devices.Select(d => d.ToFacts())], [], devices.Count == PageSize ? OfDevices + devices[^1].Id : OfAgents));
        }

        if (after.StartsWith(OfAgents, StringComparison.Ordinal))
        {
            var last = after[OfAgents.Length..];
            var agents = await db.Agents.AsNoTracking().Where(a => string.Compare(a.Id, last) > 0).OrderBy(a => a.Id).Take(PageSize).ToListAsync(cancellationToken);
            return TypedResults.Ok(new FleetPage([], [.. agents.Select(a => a.ToKnown())], agents.Count == PageSize ? OfAgents + agents[^1].Id : null));
        }

        return TypedResults.BadRequest();
    }
}
