using System.Globalization;
using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Engine;

/// <summary>A server of programs on this machine: makes the cluster on the first start, and says how to start the server.</summary>
internal sealed class ClusterServer(
    PostgresServerResource resource, PostgresCluster cluster, Func<CancellationToken, Task<PostgresBinaries>> install, TimeProvider time) : IServer
{
    private static readonly TimeSpan PredecessorLimit = TimeSpan.FromSeconds(15);

    public async Task<ChildCommand> PrepareAsync(CancellationToken cancellationToken)
    {
        var binaries = await install(cancellationToken);
        var home = await cluster.HomeAsync(cancellationToken);
        var data = Path.Combine(home, "data");
        if (!File.Exists(Path.Combine(data, "PG_VERSION")))
        {
            await CreateAsync(binaries, home, data, cancellationToken);
        }

        await PredecessorIsGoneAsync(data, cancellationToken);
        var port = resource.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture);
        return new ChildCommand(binaries.Postgres,
            "-D", data, "-p", port,
            "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=",
            "-c", "max_connections=300",
            // Standard error goes into the log of the resource, as with every child.
            "-c", "logging_collector=off")
        {
            WorkingDirectory = "/",
            RunAs = cluster.User,
            // "Fast shutdown": ends what runs and leaves a clean cluster.
            StopSignal = Signal.Interrupt,
            DeathSignal = Signal.Interrupt
        };
    }

    private async Task CreateAsync(PostgresBinaries binaries, string home, string data, CancellationToken cancellationToken)
    {
        // Whole or not at all: a half-made cluster of an interrupted start is thrown away.
        var draft = data + ".new";
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        var passwordFile = Path.Combine(home, "password");
        try
        {
            await WritePasswordAsync(passwordFile, cancellationToken);
            var (exitCode, output) = await cluster.RunAsync(new ChildCommand(binaries.InitDb,
                "-D", draft, "-U", (await resource.UserName.GetValueAsync(cancellationToken))!, $"--pwfile={passwordFile}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"), cancellationToken);
            if (exitCode != 0)
            {
                throw new DistributedApplicationException($"initdb of PostgreSQL {binaries.Major} failed: {LastLine(output)}");
            }

            Directory.Move(draft, data);
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    private async Task WritePasswordAsync(string path, CancellationToken cancellationToken)
    {
        await using (var file = new StreamWriter(OwnerOnly.CreateFile(path)))
        {
            await file.WriteLineAsync(await resource.PasswordParameter.GetValueAsync(cancellationToken));
        }

        await cluster.GiveAsync(path, cancellationToken);
    }

    /// <summary>After a kill -9 of this process the old server is still shutting down; the new one must wait for it.</summary>
    private async Task PredecessorIsGoneAsync(string data, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (PostmasterFile.ReadProcessId(data) is { } processId && PostmasterFile.NameOf(processId) is { } name)
        {
            if (!name.StartsWith("postgres", StringComparison.Ordinal))
            {
                PostmasterFile.Disown(data);
                return;
            }

            if (time.GetElapsedTime(start) > PredecessorLimit)
            {
                throw new DistributedApplicationException($"Another PostgreSQL (process {processId}) is using {data}. Stop it and start again.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
        }
    }

    private static string LastLine(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
}
