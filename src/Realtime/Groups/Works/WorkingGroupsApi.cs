using Agents.Contracts.Realtime;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Realtime.Groups.Works;

/// <summary>Conversations of agents that work on a task together.</summary>
internal static class WorkingGroupsApi
{
    public static void MapInternalGroups(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/groups", TellAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<Contracts.Updated>, Invalid>> TellAsync(WorkingGroup group, WorkingGroups groups, CancellationToken cancellationToken)
    {
        if (group is not { Agents: not null, Tasks: { Count: <= WorkingGroup.MostTasks } })
        {
            return new Invalid("tasks", $"must be at most {WorkingGroup.MostTasks}");
        }

        await groups.TellAsync(group, cancellationToken);
        return TypedResults.Ok(new Contracts.Updated());
    }
}
