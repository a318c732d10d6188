using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Artifacts;
using Agents.Scheduler.Dispatch;

namespace Agents.Scheduler.Tasks;

/// <summary>A task that was found to be in order, and is to be stored.</summary>
/// <param name="SeesAll">The caller may depend on anybody's tasks.</param>
/// <param name="DependsOn">Of the same batch, or stored before.</param>
internal sealed record NewTask(Guid Id, SubmitTaskRequest Request, string Caller, bool SeesAll, DateTimeOffset At, IReadOnlyList<Guid> DependsOn)
{
    public LaneKey LaneKey { get; } = LaneKey.Of(Request, Caller);

    public long LaneId { get; set; }

    /// <summary>The task that waits for this one and others of its group.</summary>
    public Guid? Parent { get; init; }

    public string? GroupId { get; init; }

    /// <summary>What of it is too long, and is kept as artifacts in the same transaction.</summary>
    public IReadOnlyList<LongContent> Long { get; init; } = [];

    public int Priority => Request.Priority?.Value ?? 0;

    public bool RunsAnyway => Request.OnDependencyFailure is DependencyFailure.Run;

    /// <summary>It can't be stored in one go with the simple ones: something else has to be looked at first.</summary>
    public bool IsSimple => DependsOn.Count == 0 && Request.DedupKey is null && Long.Count == 0;

    public Stage Stage => DependsOn.Count > 0 ? Stage.Blocked : Request.NotBefore > At ? Stage.Scheduled : Stage.Queued;

    public long Rank => DependsOn.Count > 0
        ? Dispatch.Rank.Unready(Priority)
        : Dispatch.Rank.Of(Request.NotBefore is { } later && later > At ? later : At, Priority);

    public string Status => Stage.Status(started: false);

    public static string? Json(JsonElement? value) => value is { ValueKind: not JsonValueKind.Undefined and not JsonValueKind.Null } json ? json.GetRawText() : null;

    public static string? Json<T>(T? value)
        where T : class => value is null ? null : JsonSerializer.Serialize(value, WireJson.Options);
}

/// <summary>What became of one submit.</summary>
internal abstract record Submitted
{
    /// <param name="Existing">It was there before, under the same dedup key.</param>
    internal sealed record Stored(Guid Id, string Status, bool Existing = false) : Submitted;

    internal sealed record Refused(string Field, string Problem) : Submitted;

    /// <summary>There is one with this dedup key, and the caller wants no other.</summary>
    internal sealed record Rejected(Guid Existing) : Submitted;
}
