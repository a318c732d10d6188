namespace Agents.Daemon.Processes;

/// <summary>How this very program is started once more, wherever it lies: as one file, or as .NET's own host with a library.</summary>
internal static class OwnProgram
{
    public static IReadOnlyList<string> Command { get; } = Find();

    private static string[] Find()
    {
        var program = Environment.ProcessPath ?? "ccc";
        return Path.GetFileNameWithoutExtension(program) is "dotnet" ? [program, Path.GetFullPath(Environment.GetCommandLineArgs()[0])] : [program];
    }
}
