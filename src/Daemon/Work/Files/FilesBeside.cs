using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;

namespace Agents.Daemon.Work.Files;

/// <summary>What became of a task's files, told beside what its program came to. Pure.</summary>
internal static class FilesBeside
{
    private const int MostNamed = 5;
    private const int LongestNames = 2_000;

    /// <summary>The files that are stored, and those that are not with the reason.</summary>
    public static JsonElement Of(JsonElement? result, IReadOnlyList<SpoolFile> files, IReadOnlyList<LeftFile> left)
    {
        var told = ResultObject.Of(result);
        told["artifacts"] = JsonSerializer.SerializeToNode([.. Stored(files).Select(file => new ToldFile(file.Name, file.Size, file.Sha256, file.ArtifactId!))], DaemonJson.Wire.ListToldFile);
        told.Remove("artifacts_left");
        if (NotStored(files, left) is { Count: > 0 } lost)
        {
            told["artifacts_left"] = JsonSerializer.SerializeToNode(lost, DaemonJson.Wire.ListLeftFile);
        }

        return JsonElement.Parse(told.ToJsonString());
    }

    public static TaskError Of(TaskError error, IReadOnlyList<SpoolFile> files, IReadOnlyList<LeftFile> left)
    {
        var (stored, lost) = (Stored(files).ToList(), NotStored(files, left));
        var kept = stored.Count == 0 ? "" : $" Its files are kept: {Names(stored.Select(file => file.Name), stored.Count)}.";
        var missing = lost.Count == 0 ? "" : $" Not kept are {Names(lost.Select(file => $"{file.Name} ({file.Reason.TrimEnd('.')})"), lost.Count)}.";
        return error with { Error = error.Error + kept + missing, PackageRef = files.FirstOrDefault(file => file.Kind is ArtifactKind.Package)?.ArtifactId ?? error.PackageRef };
    }

    private static IEnumerable<SpoolFile> Stored(IReadOnlyList<SpoolFile> files) => files.Where(file => file is { Kind: ArtifactKind.File, ArtifactId: not null });

    private static List<LeftFile> NotStored(IReadOnlyList<SpoolFile> files, IReadOnlyList<LeftFile> left) =>
        [.. left, .. files.Where(file => file.Problem is not null).Select(file => new LeftFile(file.Name, file.Problem!))];

    private static string Names(IEnumerable<string> names, int count) =>
        string.Join(", ", names.Take(MostNamed)).Cut(LongestNames, "…") + (count > MostNamed ? $" and {count - MostNamed} more" : "");
}
