using System.Runtime.CompilerServices;

namespace Agents.Contracts.Scheduler;

/// <summary>
/// Which files of the folder that a task works in are kept: paths below it, where <c>*</c> stands for any part of a name, <c>?</c> for one character
/// and <c>**</c> for any number of folders.
/// </summary>
public static class ArtifactPatterns
{
    public const int Most = 50;
    public const int MaxLength = 255;

    public static void Artifacts(this Problems problems, IReadOnlyList<string>? patterns, [CallerArgumentExpression(nameof(patterns))] string field = "")
    {
        field = field is nameof(SubmitTaskRequest.Artifacts) ? "artifacts" : field;
        if (patterns?.Count > Most)
        {
            problems.Add(field, $"must be at most {Most}");
            return;
        }

        for (var i = 0; i < patterns?.Count; i++)
        {
            if (Problem(patterns[i]) is { } problem)
            {
                problems.Add($"{field}[{i}]", problem);
            }
        }
    }

    /// <summary>Null where it is in order.</summary>
    public static string? Problem(string? pattern) => pattern switch
    {
        null or "" => "is required",
        { Length: > MaxLength } => $"must have at most {MaxLength} characters",
        _ when pattern.StartsWith('/') => "must be below the folder that the task works in, and so can't begin with /",
        _ when pattern.EndsWith('/') => "must name files; what ends with /** is all that lies below a folder",
        _ when pattern.Contains('\\') || pattern.Any(char.IsControl) => "must not contain \\ or control characters",
        _ when pattern.Split('/').Any(part => part is "" or "." or "..") => "must have no empty part, and none that is . or ..",
        _ => null,
    };
}
