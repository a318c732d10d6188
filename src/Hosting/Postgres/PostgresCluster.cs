using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Agents.Hosting.Engine;

/// <summary>
/// Where the databases lie. The server refuses root, so as root they belong to another user, who must be able to reach them:
/// under /root he isn't, and then they lie in a folder of their own under /var/tmp that is the same at every start.
/// </summary>
internal sealed class PostgresCluster(DataFolder data, TimeProvider time)
{
    private static readonly TimeSpan ToolLimit = TimeSpan.FromMinutes(2);

    public ServerUser? User { get; } = ServerUser.Find();

    private string Inside => Path.Combine(data.Root, "postgres");

    // Written down, so that a data folder that is moved still finds its databases.
    private string Note => Path.Combine(data.Root, "postgres-location");

    private string Outside => File.Exists(Note) ? File.ReadAllText(Note).Trim() : OutsideOf(data.Root);

    public static string OutsideOf(string root) =>
        Path.Combine("/var/tmp", "agents-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..16]);

    /// <summary>Which PostgreSQL wrote what is there; null where there is nothing yet.</summary>
    public int? FindMajor() =>
        Homes().Select(home => Path.Combine(home, "data", "PG_VERSION")).Where(File.Exists)
            .Select(file => int.Parse(File.ReadAllText(file).Split('.')[0], CultureInfo.InvariantCulture))
            .Cast<int?>().FirstOrDefault();

    /// <summary>The folder that holds the databases and what was fetched to serve them; made where it is missing.</summary>
    public async Task<string> HomeAsync(CancellationToken cancellationToken)
    {
        var home = Homes().FirstOrDefault(h => Directory.Exists(Path.Combine(h, "data"))) ?? Inside;
        if (User is null)
        {
            OwnerOnly.CreateFolder(home);
            return home;
        }

        if (home == Inside && !await IsReachableAsync(cancellationToken))
        {
            Directory.Delete(Inside);
            home = Outside;
        }

        if (home == Outside)
        {
            data.Annexes.Add(home);
            await TakeOutsideAsync(cancellationToken);
            await File.WriteAllTextAsync(Note, home + "\n", cancellationToken);
        }

        return home;
    }

    /// <summary>Runs a program as the user who owns the databases.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(ChildCommand command, CancellationToken cancellationToken) =>
        ShortRun.RunAsync(command with { RunAs = User, WorkingDirectory = "/" }, ToolLimit, time, cancellationToken);

    /// <summary>Makes a folder or file belong to the server's user.</summary>
    public async Task GiveAsync(string path, CancellationToken cancellationToken)
    {
        if (User is not null)
        {
            await DoAsync(new ChildCommand("chown", "-R", "-h", $"{User.UserId}:{User.GroupId}", path), cancellationToken);
        }
    }

    private IEnumerable<string> Homes() => User is null ? [Inside] : [Inside, Outside];

    private async Task<bool> IsReachableAsync(CancellationToken cancellationToken)
    {
        OwnerOnly.CreateFolder(Inside);
        await GiveAsync(Inside, cancellationToken);
        var (exitCode, _) = await RunAsync(new ChildCommand("test", "-w", Inside), cancellationToken);
        return exitCode == 0;
    }

    private async Task TakeOutsideAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Outside))
        {
            OwnerOnly.CreateFolder(Outside);
            await GiveAsync(Outside, cancellationToken);
        }

        // Anybody may make a folder of that name there before we do.
        var (_, owner) = await ShortRun.RunAsync(new ChildCommand("stat", "-c", "%u %F", Outside), ToolLimit, time, cancellationToken);
        if (owner.Trim() != $"{User!.UserId} directory")
        {
            throw new DistributedApplicationException(
                $"{Outside} should belong to {User.Name}, the user that runs PostgreSQL, and does not. Look who made it, remove it and start again.");
        }
    }

    private async Task DoAsync(ChildCommand command, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await ShortRun.RunAsync(command, ToolLimit, time, cancellationToken);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException($"{command.FileName} failed: {output.Trim()}");
        }
    }
}
