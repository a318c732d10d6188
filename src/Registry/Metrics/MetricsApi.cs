using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Registry.Agents;
using Agents.Registry.Devices;
using Agents.Registry.Presence;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Metrics;

/// <summary>Figures of devices and agents over time.</summary>
internal static class MetricsApi
{
    public static void AddMetrics(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Partitions>();
        builder.Services.AddSingleton<LostPoints>();
        builder.Services.AddSingleton<MetricReader>();
        builder.Services.AddSingleton<MetricWriter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MetricWriter>());
        builder.Services.AddHostedService<Rollups>();
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var metrics = routes.MapGroup("").WithTags("Metrics").RequireAuthorization(Policies.SignedIn);

        metrics.MapGet("/devices/{id}/metrics", OfDeviceAsync);
        metrics.MapGet("/devices/{id}/metrics/names", NamesOfDeviceAsync);
        metrics.MapGet("/agents/{id}/metrics", OfAgentAsync);
        metrics.MapGet("/agents/{id}/metrics/names", NamesOfAgentAsync);
    }

    public static void MapInternalMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/metrics", WriteAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<MetricSeries>, Missing, Invalid>> OfDeviceAsync(
        string id, [AsParameters] MetricQuestion question, RegistryDb db, Silence silence, Caller caller, MetricReader reader, TimeProvider time,
        CancellationToken cancellationToken) =>
        await db.DevicesFor(caller, silence).AnyAsync(row => row.Device.Id == id, cancellationToken)
            ? await AnswerAsync(new(id, ""), question, reader, time, cancellationToken)
            : new Missing();

    private static async Task<Results<Ok<MetricSeries>, Missing, Invalid>> OfAgentAsync(
        string id, [AsParameters] MetricQuestion question, RegistryDb db, Silence silence, Caller caller, MetricReader reader, TimeProvider time,
        CancellationToken cancellationToken) =>
        await db.AgentsFor(caller, silence).AnyAsync(row => row.Agent.Id == id, cancellationToken)
            ? await AnswerAsync(new("", id), question, reader, time, cancellationToken)
            : new Missing();

    private static async Task<Results<Ok<MetricNames>, Missing>> NamesOfDeviceAsync(
        string id, RegistryDb db, Silence silence, Caller caller, MetricReader reader, CancellationToken cancellationToken,
        int page = 1, [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize) =>
        await db.DevicesFor(caller, silence).AnyAsync(row => row.Device.Id == id, cancellationToken)
            ? TypedResults.Ok(await reader.NamesAsync(new(id, ""), new(page, pageSize), cancellationToken))
            : new Missing();

    private static async Task<Results<Ok<MetricNames>, Missing>> NamesOfAgentAsync(
        string id, RegistryDb db, Silence silence, Caller caller, MetricReader reader, CancellationToken cancellationToken,
        int page = 1, [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize) =>
        await db.AgentsFor(caller, silence).AnyAsync(row => row.Agent.Id == id, cancellationToken)
            ? TypedResults.Ok(await reader.NamesAsync(new("", id), new(page, pageSize), cancellationToken))
            : new Missing();

    private static async Task<Results<Ok<MetricSeries>, Missing, Invalid>> AnswerAsync(
        MetricOwner owner, MetricQuestion question, MetricReader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(question.Name))
        {
            return new Invalid("name", "is required; metrics/names lists those that there are");
        }

        if (question.Label is { } label && label.IndexOf(':') < 1)
        {
            return new Invalid("label", "must be name:value");
        }

        return MetricPlan.Make(question.From, question.To, question.Step, time.GetUtcNow()) switch
        {
            ({ } plan, _, _) => TypedResults.Ok(new MetricSeries(
                question.Name, plan.From, plan.To, (int)plan.Step.TotalSeconds,
                await reader.ReadAsync(owner, question.Name, question.Labels(), plan, cancellationToken))),
            (_, var field, var problem) => new Invalid(field, problem),
        };
    }

    private static async Task<Results<Ok, Invalid, Unavailable>> WriteAsync(
        MetricReport report, MetricWriter writer, LostPoints lost, TimeProvider time, CancellationToken cancellationToken)
    {
        if (report.Points is null || report.Points.Count > MetricReport.MaxPoints)
        {
            return new Invalid("points", $"must be at most {MetricReport.MaxPoints}");
        }

        var now = time.GetUtcNow();
        // Realtime has looked at them; one that became too old on its way must not hold up the others.
        var points = report.Points.ToLookup(
            point => point is { DeviceId: not null } && MetricRules.Fault(point.Name, point.Value, point.At, point.Labels, now) is null);
        if (!await writer.WriteAsync([.. points[true]], cancellationToken))
        {
            return new Unavailable("There is no room for more figures just now.");
        }

        foreach (var device in points[false].CountBy(point => point?.DeviceId ?? ""))
        {
            lost.Add(device.Key, LostPoints.Bad, device.Value);
        }

        return TypedResults.Ok();
    }
}

/// <param name="From">An hour before <paramref name="To"/>, where it is left out.</param>
/// <param name="Step">Seconds; left out, one that makes about a hundred items.</param>
/// <param name="Label">name:value</param>
internal sealed record MetricQuestion(
    [property: FromQuery(Name = "name")] string? Name = null,
    [property: FromQuery(Name = "from")] DateTimeOffset? From = null,
    [property: FromQuery(Name = "to")] DateTimeOffset? To = null,
    [property: FromQuery(Name = "step")] int? Step = null,
    [property: FromQuery(Name = "label")] string? Label = null)
{
    public IReadOnlyDictionary<string, string> Labels() => Label?.IndexOf(':') is > 0 and var colon
        ? new Dictionary<string, string> { [Label[..colon]] = Label[(colon + 1)..] }
        : new Dictionary<string, string>();
}
