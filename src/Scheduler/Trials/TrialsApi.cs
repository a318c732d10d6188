using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Agents.Scheduler.Trials;

/// <summary>How a post's agents fare, for the service that rolls its versions out.</summary>
internal static class TrialsApi
{
    public static void MapInternalTrials(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/trials", GetAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<TrialPage>, Invalid>> GetAsync(TrialAsked asked, NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        if (!Ids.IsValid(asked.PostId))
        {
            return new Invalid("post_id", "is not the id of a post");
        }

        await postgres.AskAsync(asked.PostId, cancellationToken);
        return TypedResults.Ok(asked.After is { } after ? await postgres.AfterAsync(asked.PostId, after, cancellationToken) : await postgres.BeginAsync(asked.PostId, cancellationToken));
    }
}
