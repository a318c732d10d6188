using Agents.Contracts.Posts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Posts;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Agents.Scheduler.Budgets;

/// <summary>What may be spent in a day, and how much of it is.</summary>
internal static class BudgetsApi
{
    public static void AddBudgets(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<BudgetBook>();
        services.AddSingleton<PostBudgets>();
        services.AddSingleton<BudgetStops>();
        services.AddSingleton<BudgetWarnings>();
        services.AddHostedService<BudgetWatch>();
    }

    public static void MapBudgets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/agents/{id}/budget", OfAgentAsync).WithTags("Agents").RequireAuthorization(Policies.SignedIn);
        routes.MapGet("/posts/{id}/budget", OfPostAsync).WithTags("Posts").RequireAuthorization(Policies.SignedIn);
    }

    private static async Task<Results<Ok<BudgetView>, Missing, Unavailable>> OfAgentAsync(
        string id, Submission submission, Fleet fleet, BudgetBook book, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken)
    {
        if (!submission.IsReady)
        {
            return new Unavailable(NotNow.NoFleet);
        }

        await submission.KnowAsync([new(AgentId: id)], cancellationToken);
        if (fleet.Find(id) is not { } agent || !submission.Sees(id, Submitter.Of(caller)))
        {
            return new Missing();
        }

        var post = agent.PostId is { } of ? book.Posts?.GetValueOrDefault(of) : null;
        return TypedResults.Ok(await ViewAsync(BudgetKey.OfAgent(id), (post ?? Budget.None).With(agent.Limits), book.Today, postgres, cancellationToken));
    }

    private static async Task<Results<Ok<BudgetView>, Missing>> OfPostAsync(
        string id, KnownPosts posts, BudgetBook book, NpgsqlDataSource postgres, CancellationToken cancellationToken) =>
        await posts.KnowsAsync(id, cancellationToken)
            ? TypedResults.Ok(await ViewAsync(BudgetKey.OfPost(id), posts.Budgets().GetValueOrDefault(id) ?? Budget.None, book.Today, postgres, cancellationToken))
            : new Missing();

    private static async Task<BudgetView> ViewAsync(BudgetKey key, Budget limits, BudgetDay day, NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        var (spent, warnedAt, _) = (await postgres.DaysAsync(day, [key], cancellationToken))[key];
        var share = BudgetRules.Share(limits.PerDay(), spent);
        return new(limits, day.Begin, day.End, new(spent.Tokens, Math.Round(spent.CostUsd, 6)), share, warnedAt);
    }
}
