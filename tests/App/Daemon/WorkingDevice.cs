using System.Globalization;
using System.Text.Json;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Daemon;

/// <summary>A machine with a real daemon, whose agents run what a test wants.</summary>
internal sealed class WorkingDevice : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _device = $"box-{Guid.NewGuid():N}"[..16];
    private RunningCcc? _daemon;

    private WorkingDevice(Api admin) => Admin = admin;

    public Ccc Ccc { get; } = new();

    public Api Admin { get; }

    /// <summary>Of the daemon that runs now, or ran last.</summary>
    public RunningCcc Daemon => _daemon!;

    public string Id => _device;

    public string StateFolder => Ccc.StateFolder;

    /// <param name="config">Lines of config.yaml.</param>
    public static async Task<WorkingDevice> StartAsync(AgentsApp app, string config = "")
    {
        var admin = await app.AdminAsync();
        var device = new WorkingDevice(admin);
        var token = (await admin.PostAsync("/api/v1/devices/tokens", new { })).Text("token");
        device.Ccc.WriteConfig(config);
        (await device.Ccc.RunAsync("connect", "--token", token, "--server", app.App.GetEndpoint("gateway").ToString(), "--device-id", device._device)).Is(0);
        await device.BeginAsync();
        return device;
    }

    /// <summary>Its daemon, from the beginning or once more.</summary>
    public async Task BeginAsync()
    {
        _daemon = Ccc.Start("daemon");
        await Eventually.TrueAsync(async () => (await Admin.GetAsync($"/api/v1/devices/{_device}")).Text("status") is "online", Limit, "it is online");
    }

    /// <summary>kill -9, and nothing else hears of it.</summary>
    public async Task KillAsync()
    {
        Daemon.Process.Kill();
        await Daemon.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>An agent whose tasks are a shell's, and its post.</summary>
    public Task<(string Agent, string Post)> AgentAsync(string script, object? limits = null, object? environment = null, int concurrency = 4) =>
        AgentOfAsync(Template(script, limits, environment), concurrency);

    public async Task<(string Agent, string Post)> AgentOfAsync(object template, int concurrency = 4)
    {
        var post = await Admin.PostOfAsync(template);
        return (await AgentOnAsync(post, concurrency), post);
    }

    /// <summary>One of a post that is there.</summary>
    public async Task<string> AgentOnAsync(string post, int concurrency = 4)
    {
        var made = await Admin.PostAsync("/api/v1/agents", new { name = $"a-{Guid.NewGuid():N}"[..12], device_id = _device, post_id = post, concurrency });
        made.Is(201, 0);
        await HoldsAsync(made.Text("id"), 1);
        return made.Text("id");
    }

    public Task HoldsAsync(string agent, int version) => Eventually.TrueAsync(
        async () => (await Admin.GetAsync($"/api/v1/agents/{agent}/config")).Data is var config && !config.GetProperty("drift").GetBoolean()
            && config.GetProperty("held").GetProperty("version").GetInt32() == version,
        Limit, $"{agent} holds version {version}");

    public static object Template(string script, object? limits = null, object? environment = null) => new
    {
        runner = "command",
        command = new[] { "/bin/sh", "-c", script },
        limits = limits ?? new { timeout = 120 },
        environment = environment ?? new { },
    };

    public Task<string> SubmitAsync(string agent, string prompt = "go") => Admin.SubmitAsync(new { agent_id = agent, prompt, retry = new { backoff = 0.1 } });

    /// <summary>A caller with its credential.</summary>
    public Api AsDevice(AgentsApp app)
    {
        using var enrolment = JsonDocument.Parse(File.ReadAllText(Path.Combine(StateFolder, "device.json")));
        return app.Anonymous().With(enrolment.RootElement.GetProperty("device_token").GetString());
    }

    /// <summary>What its program wrote to stdout.</summary>
    public async Task<string> DoneAsync(string task) => (await Admin.IsAsync(task, "done", Limit)).GetProperty("result").GetProperty("text").GetString()!;

    public async Task<(string Kind, string Message)> FailedAsync(string task)
    {
        var error = (await Admin.IsAsync(task, "failed", Limit)).GetProperty("error");
        return (error.GetProperty("kind").GetString()!, error.GetProperty("message").GetString()!);
    }

    /// <summary>What it said while it worked, of one kind.</summary>
    public async Task<string> SaidAsync(string task, string kind = "text")
    {
        var events = await Admin.GetAsync($"/api/v1/tasks/{task}/events?limit=1000");
        events.Is(200, 0);
        return string.Concat(events.Data.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("kind").GetString() == kind)
            .Select(item => item.GetProperty("data") is { ValueKind: JsonValueKind.String } text ? text.GetString() : ""));
    }

    public Task SaysAsync(string task, string text) => Eventually.TrueAsync(async () => (await SaidAsync(task)).Contains(text, StringComparison.Ordinal), Limit, $"it says {text}");

    /// <summary>Processes that have this in their command line, wherever they got to.</summary>
    public static IReadOnlyList<int> Processes(string mark) =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           let name = Path.GetFileName(folder)
           where int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _) && CommandLine(folder).Contains(mark, StringComparison.Ordinal)
           select int.Parse(name, CultureInfo.InvariantCulture),
    ];

    public static Task<TimeSpan> GoneAsync(string mark, TimeSpan limit) =>
        Eventually.TrueAsync(() => Task.FromResult(Processes(mark).Count == 0), limit, $"no process of {mark} is left ({string.Join(' ', Processes(mark))})");

    public async ValueTask DisposeAsync() => await Ccc.DisposeAsync();

    private static string CommandLine(string folder)
    {
        try
        {
            // Of a process that has ended and was not asked yet there is none.
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
