using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Agents.Registry.Presence;

/// <summary>Who is there. Realtime knows and tells; everybody else reads it with the devices and agents.</summary>
internal static class PresenceApi
{
    private const int MaxInstance = 128;

    public static void AddPresence(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Silence>();
        builder.Services.AddHostedService<SilenceSweep>();
    }

    public static void MapInternalPresence(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/presence", ReportAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok, Invalid>> ReportAsync(
        PresenceReport report, NpgsqlDataSource postgres, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Fault(report) is { } fault)
        {
            return fault;
        }

        await postgres.ReportAsync(report, time.GetUtcNow(), cancellationToken);
        return TypedResults.Ok();
    }

    private static Invalid? Fault(PresenceReport report) =>
        report.Instance is not { Length: > 0 and <= MaxInstance } || report.Instance.Contains('\0') ? new("instance", $"must have 1 to {MaxInstance} characters")
        : report.Entries is null || report.Entries.Count > PresenceReport.MaxEntries ? new("entries", $"must be at most {PresenceReport.MaxEntries}")
        : report.Entries.Any(e => e?.Load is { } load && !(IsShare(load.Cpu) && IsShare(load.Memory) && IsShare(load.Disk))) ? new("entries", "must have a load of 0 to 1")
        : report.Entries.Any(e => e is null || !Ids.IsValid(e.Id) || e.Running < 0 || !IsStatus(e.Status)) ? new("entries", "must have an id, a status and how many run")
        : null;

    private static bool IsShare(double? used) => used is null or (>= 0 and <= 1);

    private static bool IsStatus(string status) =>
        status is PresenceStatus.Online or PresenceStatus.Busy or PresenceStatus.Idle or PresenceStatus.Offline;
}
