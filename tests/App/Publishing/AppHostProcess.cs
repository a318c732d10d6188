using System.Diagnostics;

namespace Agents.Tests.App.Publishing;

/// <summary>The real app host, as a deployment tool calls it: a process of its own that ends by itself.</summary>
internal sealed record AppHostProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The call that azd makes, without a `--` before what is the app host's; only the build is left out.</summary>
    public static Task<AppHostProcess> RunAsync(IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        StartAsync(["run", "--no-build", "--configuration", Configuration, "--project", "AppHost", .. arguments], environment);

    public static async Task<AppHostProcess> StartAsync(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = RepositoryRoot,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // bin/Debug/net10.0 or bin/Release/net10.0: the app host was built as this test was.
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Agents.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Agents.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }
}
