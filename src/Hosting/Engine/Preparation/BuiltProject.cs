using System.Runtime.InteropServices;

namespace Agents.Hosting.Engine;

/// <summary>A referenced project as the build left it.</summary>
internal sealed record BuiltProject(string Folder, string TargetPath)
{
    public string DotNetPath { get; } = FindDotNet();

    public static BuiltProject Find(string name, IProjectMetadata metadata)
    {
        var folder = Path.GetDirectoryName(metadata.ProjectPath)!;
        // The build writes it into the class beside ProjectPath; a project given by its path alone is looked for.
        var target = metadata.GetType().GetProperty("TargetPath")?.GetValue(metadata) as string ?? Newest(folder);
        return target is not null && File.Exists(target)
            ? new BuiltProject(folder, target)
            : throw new DistributedApplicationException($"'{name}' is not built: {target ?? folder} is missing. Run: dotnet build AppHost");
    }

    private static string? Newest(string folder)
    {
        var bin = new DirectoryInfo(Path.Combine(folder, "bin"));
        return bin.Exists
            ? bin.EnumerateFiles("*.runtimeconfig.json", SearchOption.AllDirectories).OrderByDescending(f => f.LastWriteTimeUtc)
                .Select(f => f.FullName.Replace(".runtimeconfig.json", ".dll")).FirstOrDefault()
            : null;
    }

    private static string FindDotNet()
    {
        // .../dotnet/shared/Microsoft.NETCore.App/10.0.0/
        var runtime = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory());
        var program = Path.Combine(runtime.Parent?.Parent?.Parent?.FullName ?? "", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(program) ? program : "dotnet";
    }
}
