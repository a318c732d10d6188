using System.Globalization;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Loops;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Scheduler.Reports;

/// <summary>How much was done, how long it took, and what it cost.</summary>
internal static class ReportsApi
{
    public static void AddReports(this WebApplicationBuilder builder)
    {
        builder.Services.AddLoop<Folding>();
        builder.Services.AddSingleton<WorkReports>();
    }

    public static void MapReports(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/reports/work", WorkAsync).WithTags("Reports").RequireAuthorization(Policies.SignedIn);

    private static async Task<Results<Ok<WorkReport>, FileContentHttpResult, Invalid>> WorkAsync(
        [AsParameters] WorkQuestion question, WorkReports reports, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        var reader = Submitter.Of(caller);
        var (plan, field, problem) = RollupPlan.Make(question, time.GetUtcNow(), isOfOne: !reader.SeesAll);
        if (plan is null)
        {
            return new Invalid(field, problem);
        }

        var report = await reports.ReadAsync(question, plan, reader, cancellationToken);
        return question.IsCsv
            ? TypedResults.File(Csv.Of(report), "text/csv; charset=utf-8", string.Create(
                CultureInfo.InvariantCulture, $"work-by-{report.GroupBy}-{report.From:yyyyMMdd}-{report.To:yyyyMMdd}.csv"))
            : TypedResults.Ok(report);
    }
}
