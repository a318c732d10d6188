using System.Diagnostics;
using System.Text.Json;
using Agents.Tests.App.Publishing;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Daemon;

/// <summary>The real program, as a user with a home of its own runs it.</summary>
/// <param name="published">Else it is the one of the build folder.</param>
internal sealed class Ccc(string? published = null) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("ccc-home-");
    private readonly List<RunningCcc> _running = [];

    public string ConfigFolder => Path.Combine(_home.FullName, "config", "ccc");

    public string StateFolder => Path.Combine(_home.FullName, "state", "ccc");

    public static string Program => Path.Combine(
        AppHostProcess.RepositoryRoot, "src", "Daemon", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "ccc.dll");

    /// <summary>A command that ends by itself.</summary>
    public Task<Said> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    /// <summary>As the first administrator.</summary>
    public Task<Said> SignInAsync(AgentsApp app) => RunWithInputAsync(
        AgentsApp.AdminPassword, "login", app.App.GetEndpoint("gateway").ToString().TrimEnd('/'), "--email", "admin@localhost", "--password-stdin");

    public async Task<Said> RunWithInputAsync(string input, params string[] arguments)
    {
        await using var command = Start(arguments);
        await command.Process.StandardInput.WriteLineAsync(input);
        command.Process.StandardInput.Close();
        return await command.EndedAsync(Limit);
    }

    /// <summary>One that goes on until it is stopped, or the test is over.</summary>
    public RunningCcc Start(params string[] arguments)
    {
        string[] program = published is null ? ["dotnet", Program] : [published];
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "SIGKILL", .. program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(_home.FullName, "config");
        start.Environment["XDG_STATE_HOME"] = Path.Combine(_home.FullName, "state");
        start.Environment.Remove("CCC_CENTRAL_SERVER");
        if (published is not null)
        {
            // As on a machine that has no .NET.
            start.Environment["DOTNET_ROOT"] = "/nowhere";
        }

        var running = new RunningCcc(Process.Start(start)!);
        _running.Add(running);
        return running;
    }

    /// <param name="beside">Other files in the same folder.</param>
    public void WriteConfig(string yaml, params (string Name, string Text)[] beside)
    {
        Directory.CreateDirectory(ConfigFolder);
        foreach (var (name, text) in beside.Append(("config.yaml", yaml)))
        {
            File.WriteAllText(Path.Combine(ConfigFolder, name), text);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _running)
        {
            await running.DisposeAsync();
        }

        _home.Delete(recursive: true);
    }
}

internal sealed class RunningCcc : IAsyncDisposable
{
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    public RunningCcc(Process process)
    {
        Process = process;
        _output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _error = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    public Process Process { get; }

    public async Task<Said> EndedAsync(TimeSpan limit)
    {
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(limit, TestContext.Current.CancellationToken);
        return new(Process.ExitCode, await _output, await _error);
    }

    /// <summary>SIGTERM, as systemd says it.</summary>
    public Task TerminateAsync() => Command.SucceedsAsync("/", "kill", "-TERM", Process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
            await Process.WaitForExitAsync(CancellationToken.None);
        }
    }
}

internal sealed record Said(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public Said Is(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"expected {exitCode}, got {ExitCode}:\n{Output}\n{Error}");
        // Whatever goes wrong, a person never meets a stack trace.
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        return this;
    }
}
