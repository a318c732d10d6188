
namespace Agents.Tests.App.Daemon;

/// <summary>A repository on this machine, with two commits on main, a tag on the first, and a branch beside.</summary>
internal sealed class OwnRepo
{
    private const string Make =
        """
        git init -q -b main . && git config user.name t && git config user.email t@localhost
        echo one > file.txt && git add . && git commit -q -m first && git tag v1
        git branch other && echo two > file.txt && git commit -q -am second
        git checkout -q other && echo other > file.txt && git commit -q -am third && git checkout -q main
        """;

    public string Folder { get; } = Directory.CreateTempSubdirectory("ccc-repo-").FullName;

    public static async Task<OwnRepo> NewAsync()
    {
        var repo = new OwnRepo();
        await repo.RunAsync(Make);
        return repo;
    }

    public Task<string> RunAsync(string script) => ShellAsync(Folder, script);

    public static async Task<string> ShellAsync(string folder, string script)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-ec", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(WorkingDevice.Limit, TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return said;
    }
}
