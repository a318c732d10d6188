using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Engine;

/// <summary>The four ways to a PostgreSQL server, in the order in which they are tried.</summary>
internal sealed class PostgresServers(EngineOptions options, DataFolder data, TimeProvider time)
{
    private static readonly string[] Names = ["container", "local", "embedded"];

    public async Task<IWorkload> ChooseAsync(PostgresServerResource server, CancellationToken cancellationToken)
    {
        if (server.Given() is not null)
        {
            return new PostgresWorkload(server, null);
        }

        if (options.Postgres is { } wanted && !Names.Contains(wanted))
        {
            throw new DistributedApplicationException($"AGENTS_POSTGRES: '{wanted}' is none of {string.Join(", ", Names)}.");
        }

        // What holds the data goes before what is newer or faster: another server would start with an empty house.
        var cluster = new PostgresCluster(data, time);
        var major = cluster.FindMajor();
        var container = new ContainerServer(server, data, time);
        if (Allows("container") && (container.HasData || (major is null && await Containers.AnswersAsync(time, cancellationToken))))
        {
            return new PostgresWorkload(server, container);
        }

        if (Allows("local") && LocalBinaries.Find(major) is { } binaries)
        {
            return new PostgresWorkload(server, new ClusterServer(server, cluster, _ => Task.FromResult(binaries), time));
        }

        if (Allows("embedded") && EmbeddedBinaries.CanServe(major))
        {
            var embedded = new EmbeddedBinaries(cluster, time);
            return new PostgresWorkload(server, new ClusterServer(server, cluster, embedded.InstallAsync, time));
        }

        throw new DistributedApplicationException(major is { } written
            ? $"The databases in {data.Root} were written by PostgreSQL {written}, and no such server is at hand. "
              + $"Install postgresql-{written}, or move that folder away and start anew."
            : $"There is no PostgreSQL {LocalBinaries.OldestMajor} or newer by the way that AGENTS_POSTGRES={options.Postgres} names. "
              + "Install one, name one in ConnectionStrings__postgres, or leave AGENTS_POSTGRES out.");

        bool Allows(string way) => options.Postgres is null || options.Postgres == way;
    }
}
