using Agents.Tests.App.Publishing;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Daemon;

public sealed class PublishedFileTests
{
    [Fact(DisplayName = "Published, ccc is one file that runs by itself")]
    public async Task OneFile()
    {
        var folder = Directory.CreateTempSubdirectory("ccc-published-");
        try
        {
            // Its own folder for what is built on the way: a build for one platform must not change the one that others use.
            // A build server would keep the output open after the command has ended.
            await Command.SucceedsAsync(
                AppHostProcess.RepositoryRoot, "dotnet", "publish", "src/Daemon", "-c", "Release", "-r", "linux-x64", "-v", "quiet", "-nologo", "--disable-build-servers",
                "--artifacts-path", Path.Combine(folder.FullName, "artifacts"), "-o", Path.Combine(folder.FullName, "out"));

            var file = Assert.Single(Directory.GetFileSystemEntries(Path.Combine(folder.FullName, "out")));
            var started = await Command.SucceedsAsync(folder.FullName, "env", "-i", $"HOME={folder.FullName}", file, "version", "--json");
            var help = await Command.SucceedsAsync(folder.FullName, "env", "-i", $"HOME={folder.FullName}", file, "connect", "--help");

            Assert.Equal("ccc", Path.GetFileName(file));
            Assert.Contains("\"os\": \"linux\"", started, StringComparison.Ordinal);
            Assert.Contains("--token-stdin", help, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
