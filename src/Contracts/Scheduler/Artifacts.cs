namespace Agents.Contracts.Scheduler;

/// <summary>A file that belongs to a task.</summary>
/// <param name="Kind">See <see cref="ArtifactKind"/>.</param>
/// <param name="Sha256">Of the content, in hexadecimal.</param>
/// <param name="Attempt">In which attempt it was made; null where a person brought it.</param>
/// <param name="CreatedBy">A person's id, <c>device:D</c> or <c>agent:A</c>.</param>
public sealed record ArtifactView(
    string Id, string Name, string Kind, string ContentType, long Size, string Sha256, int? Attempt, string CreatedBy, DateTimeOffset CreatedAt);

public static class ArtifactKind
{
    /// <summary>Brought by somebody under a name.</summary>
    public const string File = "file";

    /// <summary>The task's own prompt, input or result, where that is too long to stand in the task.</summary>
    public const string Prompt = "prompt";
    public const string Input = "input";
    public const string Result = "result";

    /// <summary>What a device had of a task when it was moved, for the device where it goes on: in no list.</summary>
    public const string Package = "package";

    /// <summary>In the order of the numbers that the table has for them.</summary>
    public static IReadOnlyList<string> All { get; } = [File, Prompt, Input, Result, Package];
}

/// <summary>Stands for what is too long to be said here: an artifact of the task.</summary>
/// <param name="Url">Where it is fetched, below the server's address.</param>
public sealed record ContentRef(string ArtifactId, long Size, string Sha256, string Url)
{
    /// <summary>What is longer as JSON goes as a reference.</summary>
    public const int LongestInline = 128 * 1024;

    /// <summary>So many bytes of it are shown beside the reference.</summary>
    public const int ShownBytes = 64 * 1024;

    public static ContentRef Of(string taskId, string artifactId, long size, string sha256) =>
        new(artifactId, size, sha256, $"/api/v1/tasks/{taskId}/artifacts/{artifactId}");
}
