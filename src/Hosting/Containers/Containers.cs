namespace Agents.Hosting.Engine;

/// <summary>The container runtime, where there is one.</summary>
internal static class Containers
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(3);

    public static string? Program { get; } = Executables.Find("docker") ?? Executables.Find("podman");

    /// <summary>A client that is installed says little; only a runtime behind it that answers counts.</summary>
    public static async Task<bool> AnswersAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (Program is null)
        {
            return false;
        }

        var (exitCode, _) = await ShortRun.RunAsync(new ChildCommand(Program, "info"), AnswerLimit, time, cancellationToken);
        return exitCode == 0;
    }
}
