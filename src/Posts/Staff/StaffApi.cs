using System.Net;
using System.Security.Cryptography;
using System.Text;
using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Posts.Posts;
using Agents.Posts.Versions;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Clients;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Refit;

namespace Agents.Posts.Staff;

/// <summary>Agents of a post, many at once. Registry makes them; which post it is, and what it says, is known here.</summary>
internal static class StaffApi
{
    public static void MapStaff(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/posts/{id}/agents", MakeAsync).WithTags("Posts").RequireAuthorization(Policies.Operator).WithIdempotency();

    private static async Task<Results<Created<AgentsMade>, Ok<AgentsMade>, Missing, Invalid, Clash>> MakeAsync(
        string id, CreateAgentsRequest request, PostsDb db, IRegistryInternal registry, HttpRequest http, Caller caller, CancellationToken cancellationToken)
    {
        // Held until they are made, so that the post isn't deleted meanwhile.
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        if (await db.HoldAsync(id, cancellationToken) is not { } post)
        {
            return new Missing();
        }

        try
        {
            var key = KeyOf(caller, http.Headers[Idempotent.Header].ToString());
            var version = await db.Versions.AsNoTracking().SingleAsync(v => v.PostId == id && v.Number == post.Released, cancellationToken);
            var made = await registry.MakeAgentsAsync(id, Order(request, post.Name, version, caller), key, caller.Address, cancellationToken);
            return request.Preview is true ? TypedResults.Ok(made) : TypedResults.Created($"/api/v1/agents?post_id={id}", made);
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.BadRequest && e.Refusal()?.Data is { Errors: not null } errors)
        {
            return new Invalid(errors);
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.Conflict)
        {
            return new Clash(e.Refusal()?.Message);
        }
    }

    private static AgentsOrder Order(CreateAgentsRequest request, string post, PostVersion version, Caller caller)
    {
        var template = TemplateJson.Read(version.Template);
        return new(
            caller.Id, post, request.Count, request.Devices, request.Selector?.Labels, request.NamePattern ?? CreateAgentsRequest.DefaultPattern,
            template.Concurrency ?? Defaults.Concurrency, template.Requires?.Capabilities ?? [],
            template.Requires?.Labels ?? new Dictionary<string, string>(), request.Preview is true);
    }

    /// <summary>
    /// Passed on, because Registry commits before we do: if we die in between, the person's second try finds there what the
    /// first one made. Of a length that does not depend on his.
    /// </summary>
    private static string? KeyOf(Caller caller, string key) =>
        key.Length == 0 ? null : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Id}\n{key}")));
}
