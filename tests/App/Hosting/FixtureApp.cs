using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;

namespace Agents.Tests.App.Hosting;

/// <summary>A small application of ours in a process of its own, as a person starts one.</summary>
internal sealed class FixtureApp : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly StringBuilder _output = new();
    private readonly List<(string Pattern, TaskCompletionSource<Match> Found)> _waiting = [];
    private readonly Task _reading;
    private int _readTo;

    private FixtureApp(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public static string ProgramPath { get; } = Path.Combine(AppContext.BaseDirectory, "Fixture.AppHost.dll");

    public int Id => _process.Id;
    public int ExitCode => _process.ExitCode;

    public string Output
    {
        get
        {
            lock (_lock)
            {
                return _output.ToString();
            }
        }
    }

    public static FixtureApp Start(DataPath data, params string[] options) => Start(data, [], options);

    public static FixtureApp Start(DataPath data, (string Name, string Value)[] environment, string[] options, params string[] before)
    {
        string[] line = [.. before, "dotnet", ProgramPath, "--data", data.Path, .. options];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new FixtureApp(Process.Start(start)!);
    }

    /// <summary>As people start it from its sources.</summary>
    public static FixtureApp StartByRun(DataPath data, params string[] options)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string[] line = ["run", "--no-build", "-c", configuration, "--project", Projects.FixtureHost.ProjectPath, "--", "--data", data.Path, .. options];
        return new FixtureApp(Process.Start(new ProcessStartInfo("dotnet", line) { RedirectStandardOutput = true, RedirectStandardError = true })!);
    }

    public IReadOnlyList<int> Children() => ProcessTree.Below(Id);

    /// <summary>Waits for the next line that matches, after the one that was waited for before.</summary>
    public async Task<Match> LineAsync(string pattern)
    {
        var found = new TaskCompletionSource<Match>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((pattern, found));
            Look();
        }

        var first = await Task.WhenAny(found.Task, Task.Delay(Limit, TestContext.Current.CancellationToken), _reading);
        return first == found.Task ? await found.Task : throw new TimeoutException($"No line like '{pattern}' in:\n{Output}");
    }

    public async Task<Uri> ReadyAsync() => new((await LineAsync("Fixture is ready: (http.+)")).Groups[1].Value);

    public void Signal(string name) => Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)])!.WaitForExit();

    public async Task ExitAsync(TimeSpan? limit = null)
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(limit ?? Limit, TestContext.Current.CancellationToken);
        await _reading.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    public async Task<int> CountAsync(Uri front)
    {
        using var http = new HttpClient();
        var back = await BackAsync(front);
        using var answer = await http.PostAsync(new Uri(back, "count"), null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<int>(TestContext.Current.CancellationToken);
    }

    public static async Task<Dictionary<string, string>> EnvironmentAsync(Uri service)
    {
        using var http = new HttpClient();
        return (await http.GetFromJsonAsync<Dictionary<string, string>>(new Uri(service, "environment"), TestContext.Current.CancellationToken))!;
    }

    public static async Task<Uri> BackAsync(Uri front) => new((await EnvironmentAsync(front))["services__back__http__0"]);

    public static async Task<int> ProcessIdAsync(Uri service)
    {
        using var http = new HttpClient();
        return await http.GetFromJsonAsync<int>(new Uri(service, "pid"), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        var children = Children();
        if (!_process.HasExited)
        {
            Signal("TERM");
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        }

        await ProcessTree.GoneAsync(children, TimeSpan.FromSeconds(20), CancellationToken.None);
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lock)
            {
                _output.AppendLine(line);
                Look();
            }
        }
    }

    private void Look()
    {
        foreach (var waiter in _waiting.ToList())
        {
            if (Regex.Match(_output.ToString()[_readTo..], waiter.Pattern) is { Success: true } match)
            {
                _readTo += match.Index + match.Length;
                _waiting.Remove(waiter);
                waiter.Found.SetResult(match);
            }
        }
    }
}
