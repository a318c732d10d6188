using System.Runtime.InteropServices;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Publishing;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Daemon;

/// <summary>The one file that a user installs, made as docs/daemon.md says.</summary>
[Collection(WholeApp.Name)]
public sealed class PublishedTests(AgentsApp app)
{
    /// <summary>Trimming and compiling ahead take most of a minute, and more where others build.</summary>
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact(DisplayName = "Published it is one file, which runs by itself, enrols and connects")]
    public async Task OneFile()
    {
        var folder = Directory.CreateTempSubdirectory("ccc-published-");
        try
        {
            var program = await PublishAsync(folder);
            await using var ccc = new Ccc(program);
            var (admin, device) = (await app.AdminAsync(), $"box-{Guid.NewGuid():N}"[..16]);

            Assert.Matches(@"^\d+\.\d+\.\d+", (await ccc.RunAsync("--version")).Is(0).Output);
            var token = (await admin.PostAsync("/api/v1/devices/tokens")).Text("token");
            (await ccc.RunAsync("connect", "--token", token, "--server", app.App.GetEndpoint("gateway").ToString(), "--device-id", device)).Is(0);
            var daemon = ccc.Start("daemon");
            await Eventually.TrueAsync(async () => (await admin.GetAsync($"/api/v1/devices/{device}")).Text("status") is "online", Limit, "it is online");
            Assert.Equal("connected", (await ccc.RunAsync("status", "--json")).Is(0).Json.GetProperty("daemon").GetProperty("state").GetString());
            var post = await admin.PostOfAsync(new { runner = "command", command = new[] { "/bin/cat" } });
            var agent = (await admin.PostAsync("/api/v1/agents", new { name = "cat", device_id = device, post_id = post })).Text("id");
            var task = await admin.SubmitAsync(new { agent_id = agent, prompt = "there and back" });
            Assert.Equal("there and back", (await admin.IsAsync(task, "done", Limit)).GetProperty("result").GetProperty("text").GetString());
            await daemon.TerminateAsync();
            (await daemon.EndedAsync(Limit)).Is(0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Platform => RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "linux-arm64" : "linux-x64";

    private static async Task<string> PublishAsync(DirectoryInfo folder)
    {
        // The documents' own command, so that they can't lie. What it builds on the way stands beside it, and the source folders stay as the other builds left them.
        var (documents, target) = (Path.Combine(AppHostProcess.RepositoryRoot, "docs", "daemon.md"), Path.Combine(folder.FullName, "out"));
        var line = (await File.ReadAllLinesAsync(documents, TestContext.Current.CancellationToken)).First(line => line.StartsWith("dotnet publish", StringComparison.Ordinal));
        var command = line.Split('#')[0].Replace("linux-x64", Platform, StringComparison.Ordinal).Replace("-o out", $"-o {target}", StringComparison.Ordinal);
        await Command.SucceedsAsync(
            PublishLimit, AppHostProcess.RepositoryRoot, "sh", "-c", $"{command} --artifacts-path {Path.Combine(folder.FullName, "made")} --disable-build-servers");
        return Assert.Single(Directory.GetFileSystemEntries(target));
    }
}
