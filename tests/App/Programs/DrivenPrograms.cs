using Agents.Tests.App.Publishing;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Programs;

/// <summary>The real programs, from npm, in the versions that tests/Programs names: installed once, and on the PATH of a folder of their own.</summary>
public sealed class DrivenPrograms : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(AppHostProcess.RepositoryRoot, "tests", "Programs");
    private static readonly string Modules = Path.Combine(Folder, "node_modules");

    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(10);

    /// <summary>Whoever comes second finds them there.</summary>
    private static readonly SemaphoreSlim Installing = new(1);

    private readonly DirectoryInfo _bin = Directory.CreateTempSubdirectory("ccc-programs-");

    /// <summary>A PATH with them first.</summary>
    public string SearchPath => $"{_bin.FullName}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>The example agent of the protocol's own library.</summary>
    public static string AcpAgent => Path.Combine(Modules, "@agentclientprotocol/sdk/dist/examples/agent.js");

    public async ValueTask InitializeAsync()
    {
        await Installing.WaitAsync(InstallLimit);
        try
        {
            // They are large: what was installed from this lock file stays.
            if (File.GetLastWriteTimeUtc(Path.Combine(Modules, ".package-lock.json")) < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            {
                await Command.SucceedsAsync(InstallLimit, Folder, "npm", "ci", "--no-audit", "--no-fund");
            }
        }
        finally
        {
            Installing.Release();
        }

        Link("claude", "@anthropic-ai/claude-code-linux-x64/claude");
        Link("codex", "@openai/codex/bin/codex.js");
        Link("opencode", "opencode-linux-x64-baseline/bin/opencode");
    }

    public ValueTask DisposeAsync()
    {
        _bin.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private void Link(string name, string file)
    {
        var program = Path.Combine(Modules, file);
        Assert.True(File.Exists(program), $"npm ci brought no {file}");
        File.CreateSymbolicLink(Path.Combine(_bin.FullName, name), program);
    }
}

/// <summary>One after the other: two of these programs at once take a small machine's processors from each other.</summary>
[CollectionDefinition(Name)]
public sealed class ProgramsCollection : ICollectionFixture<DrivenPrograms>
{
    public const string Name = "Programs";
}
