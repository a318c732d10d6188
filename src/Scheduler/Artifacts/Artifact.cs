using Agents.Contracts.Scheduler;
using Npgsql;

namespace Agents.Scheduler.Artifacts;

/// <summary>What the table knows of a file that is there.</summary>
/// <param name="Store">Which store has its content.</param>
internal sealed record Artifact(
    Guid Id, Guid Task, string Kind, string Name, string ContentType, long Size, string Sha256, int? Attempt, string CreatedBy, DateTimeOffset CreatedAt, string Store)
{
    public const string Columns = "a.id, a.task_id, a.kind, a.name, a.content_type, a.size, a.sha256, a.attempt, a.created_by, a.created_at, a.store";

    public static Artifact Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), ArtifactKind.All[row.GetInt16(2)], row.GetString(3), row.GetString(4), row.GetInt64(5),
        Convert.ToHexStringLower(row.GetFieldValue<byte[]>(6)), row.Number(7), row.GetString(8), row.GetFieldValue<DateTimeOffset>(9), row.GetString(10));

    public static short NumberOf(string kind) => (short)ArtifactKind.All.TakeWhile(each => each != kind).Count();

    public ArtifactView ToView() => new(Id.ToString(), Name, Kind, ContentType, Size, Sha256, Attempt, CreatedBy, CreatedAt);
}

/// <summary>A file that somebody begins to bring.</summary>
/// <param name="Size">As far as it was said beforehand.</param>
internal sealed record NewArtifact(Guid Id, Guid Task, string Name, string ContentType, long? Size, int? Attempt, string CreatedBy, DateTimeOffset CreatedAt,
    string Kind = ArtifactKind.File);
