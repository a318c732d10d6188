namespace Agents.Daemon.Work.Files;

/// <summary>A file that is to be stored before its attempt's end is told.</summary>
/// <param name="Kind">See <see cref="Contracts.Scheduler.ArtifactKind"/>.</param>
/// <param name="Name">Its path below the folder that the task worked in.</param>
/// <param name="Place">What it is called in the attempt's folder of <see cref="Outgoing"/>.</param>
/// <param name="ArtifactId">Where it is stored.</param>
/// <param name="Problem">Where it can't be.</param>
internal sealed record SpoolFile(string Kind, string Name, long Size, string Sha256, string Place, string? ArtifactId = null, string? Problem = null)
{
    public bool IsSettled => ArtifactId is not null || Problem is not null;
}

/// <summary>What an attempt leaves, beside what it says.</summary>
/// <param name="Left">What was to be kept and is not.</param>
internal sealed record KeptFiles(IReadOnlyList<SpoolFile> Files, IReadOnlyList<LeftFile> Left);

/// <summary>A file as the result tells of it.</summary>
internal sealed record ToldFile(string Name, long Size, string Sha256, string ArtifactId);
