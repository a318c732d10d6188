using Agents.Contracts.Scheduler;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Daemon;

/// <summary>Tasks that a real daemon does, from the submit to the stored result.</summary>
[Collection(WholeApp.Name)]
public sealed class WorkTests(AgentsApp app)
{
    [Fact(DisplayName = "A task is done by its post's command: the prompt on stdin, stdout is the result, and what it says is seen while it works")]
    public async Task Done()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var go = Path.Combine(Directory.CreateTempSubdirectory("ccc-go-").FullName, "go");
        var (agent, _) = await device.AgentAsync($"echo begun in $(pwd); read line; while [ ! -e {go} ]; do sleep 0.05; done; echo \"$line ü 😀\"; echo aside >&2");

        var task = await device.SubmitAsync(agent, "what to do\nand more");
        await device.SaysAsync(task, "begun in ");
        await device.Admin.IsAsync(task, "running");
        Assert.True(Directory.Exists(Path.Combine(device.StateFolder, "work", task)));
        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);

        Assert.Equal($"begun in {Path.Combine(device.StateFolder, "work", task)}\nwhat to do ü 😀\n", await device.DoneAsync(task));
        Assert.Equal("aside\n", await device.SaidAsync(task, "log"));
        Assert.Equal("queued assigned running done", await device.Admin.StatesAsync(task));
        await Eventually.TrueAsync(() => Task.FromResult(!Directory.Exists(Path.Combine(device.StateFolder, "work", task))), WorkingDevice.Limit, "its folder is gone");
        await Eventually.TrueAsync(() => Task.FromResult(Directory.GetFiles(Path.Combine(device.StateFolder, "spool")).Length == 0), WorkingDevice.Limit, "nothing waits in the spool");
        Assert.Empty(Directory.GetFiles(Path.Combine(device.StateFolder, "runs")));
    }

    [Fact(DisplayName = "A program that fails says so with its number and its last words; one that is not there is named")]
    public async Task Failing()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentAsync("echo out; echo it is all wrong >&2; exit 3");
        var (signaled, _) = await device.AgentAsync("kill -SEGV $$");
        var (missing, _) = await device.AgentOfAsync(new { runner = "command", command = new[] { "no-such-program", "-x" } });
        var (another, _) = await device.AgentOfAsync(new { runner = "openclaw" });

        Assert.Equal((TaskErrorKind.Failed, "The program ended with 3: it is all wrong"), await device.FailedAsync(await device.SubmitAsync(agent)));
        Assert.Contains("no program no-such-program on this device", (await device.FailedAsync(await device.SubmitAsync(missing))).Message, StringComparison.Ordinal);
        Assert.Contains("no program openclaw on this device", (await device.FailedAsync(await device.SubmitAsync(another))).Message, StringComparison.Ordinal);
        var crashed = await device.SubmitAsync(signaled);
        Assert.Equal((TaskErrorKind.Crashed, "The program was ended by signal 11, and said nothing on stderr."), await device.FailedAsync(crashed));
        Assert.Equal(3, (await device.Admin.TaskAsync(crashed)).GetProperty("attempt").GetInt32());
    }

    [Fact(DisplayName = "An agent without a post refuses its task and says what to do; the task waits, and is done once the agent has one")]
    public async Task WithoutPost()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (other, post) = await device.AgentAsync("echo now");
        var id = (await device.Admin.GetAsync($"/api/v1/agents/{other}")).Text("device_id");
        var agent = (await device.Admin.PostAsync("/api/v1/agents", new { name = "without", device_id = id })).Text("id");

        var task = await device.SubmitAsync(agent);
        await Eventually.TrueAsync(
            async () => (await device.Admin.GetAsync($"/api/v1/tasks/{task}/events?limit=1000")).Data.GetRawText().Contains("has no post", StringComparison.Ordinal), WorkingDevice.Limit, "it says what is missing");
        (await device.Admin.PatchAsync($"/api/v1/agents/{agent}", new { post_id = post })).Is(200, 0);

        Assert.Equal("now\n", await device.DoneAsync(task));
    }

    [Fact(DisplayName = "Prompts and results that no frame could hold go by reference, and are whole")]
    public async Task Long()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentAsync("cat");
        var prompt = string.Concat(Enumerable.Repeat("Übung macht den Meister 😀\n", 20_000));

        var task = await device.SubmitAsync(agent, prompt);
        var done = await device.Admin.IsAsync(task, "done", WorkingDevice.Limit);

        using var content = await device.Admin.RawAsync(HttpMethod.Get, done.GetProperty("result_ref").GetProperty("url").GetString()!);
        using var result = System.Text.Json.JsonDocument.Parse(await content.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(prompt, result.RootElement.GetProperty("text").GetString());
        await Eventually.TrueAsync(() => Task.FromResult(Directory.GetFiles(Path.Combine(device.StateFolder, "spool")).Length == 0), WorkingDevice.Limit, "nothing waits in the spool");
    }

    [Fact(DisplayName = "A program has what its post names in its environment and what every program needs, and nothing of whoever started the daemon")]
    public async Task Environment()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentAsync("env | cut -d= -f1 | sort | tr '\\n' ' '; echo; echo $PLAIN", environment: Named("PLAIN", "said in the post"));

        var lines = (await device.DoneAsync(await device.SubmitAsync(agent))).Split('\n');

        string[] allowed = ["CCC_MCP_SOCKET", "CCC_MCP_TOKEN", "CCC_RUN", "HOME", "LANG", "LC_ALL", "LOGNAME", "PATH", "PLAIN", "PWD", "SSL_CERT_DIR", "SSL_CERT_FILE", "TMPDIR", "TZ", "USER", "_"];
        Assert.Empty(lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(allowed));
        Assert.Equal("said in the post", lines[1]);
    }

    [Fact(DisplayName = "A secret reaches the program, and no progress, result, error, log or file of the device has it; one that is missing is named")]
    public async Task Secrets()
    {
        const string Secret = "s3cret-of-the-post-é";
        await using var device = await WorkingDevice.StartAsync(app);
        var environment = SecretCalls.Environment(("TOKEN", "token"));
        var (agent, post) = await device.AgentAsync("echo token $TOKEN; printf \"$TOKEN\" | base64; echo err $TOKEN >&2; sleep 0.5", environment: environment);
        var (failing, second) = await device.AgentAsync("echo $TOKEN >&2; exit 4", environment: environment);
        (await device.Admin.PutAsync($"/api/v1/posts/{post}/secrets/token", new { value = Secret })).Is(200, 0);

        var missing = await device.SubmitAsync(failing);
        Assert.Contains("needs secrets that nobody has written", (await device.FailedAsync(missing)).Message, StringComparison.Ordinal);
        (await device.Admin.PutAsync($"/api/v1/posts/{second}/secrets/token", new { value = Secret })).Is(200, 0);
        var task = await device.SubmitAsync(agent);
        Assert.Equal("token ***\n***\n", await device.DoneAsync(task));
        Assert.Equal(("token ***\n***\n", "err ***\n"), (await device.SaidAsync(task), await device.SaidAsync(task, "log")));
        Assert.Equal((TaskErrorKind.Failed, "The program ended with 4: ***"), await device.FailedAsync(await device.SubmitAsync(failing)));

        await device.Daemon.TerminateAsync();
        var said = (await device.Daemon.EndedAsync(WorkingDevice.Limit)).Is(0);
        Assert.DoesNotContain(Secret, said.Error, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(device.StateFolder, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact(DisplayName = "What a post becomes holds from the next task on; the one that runs goes on as it began")]
    public async Task NewVersion()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var go = Path.Combine(Directory.CreateTempSubdirectory("ccc-go-").FullName, "go");
        var (agent, post) = await device.AgentAsync($"echo first; while [ ! -e {go} ]; do sleep 0.05; done; echo $WHO", environment: Named("WHO", "one"));
        var first = await device.SubmitAsync(agent);
        await device.SaysAsync(first, "first");

        (await device.Admin.PutAsync($"/api/v1/posts/{post}", new { template = WorkingDevice.Template("echo second $WHO", environment: Named("WHO", "two")) })).Is(200, 0);
        await device.HoldsAsync(agent, 2);
        Assert.Equal("second two\n", await device.DoneAsync(await device.SubmitAsync(agent)));
        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);

        Assert.Equal("first\none\n", await device.DoneAsync(first));
    }

    [Fact(DisplayName = "Two agents work at once, each on as many tasks as it may and the device on as many as it may")]
    public async Task Places()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var folder = Directory.CreateTempSubdirectory("ccc-places-").FullName;
        var script = $"mkdir {folder}/$$; ls {folder} | wc -l; sleep 0.3; rmdir {folder}/$$";
        var (one, _) = await device.AgentAsync(script, concurrency: 1);
        var (two, _) = await device.AgentAsync(script, concurrency: 2);

        var tasks = new List<string>();
        for (var n = 0; n < 12; n++)
        {
            tasks.Add(await device.SubmitAsync(n % 3 == 0 ? one : two));
        }

        var most = 0;
        foreach (var task in tasks)
        {
            most = Math.Max(most, int.Parse(await device.DoneAsync(task), System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal(3, most);
    }

    /// <summary>Its name as it is, which that of an object's own field isn't.</summary>
    private static Dictionary<string, string> Named(string name, string value) => new() { [name] = value };
}
