using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Engine;

/// <summary>What has to run for a resource. What is known to be missing is said here, before anything starts.</summary>
internal sealed class Workloads(DistributedApplicationExecutionContext context, PostgresServers postgres, RedisServers redis) : IDisposable
{
    private readonly HttpClient _probe = new(new SocketsHttpHandler
    {
        // Our own services on this machine, whose certificate names the address that the world knows.
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        UseProxy = false
    });

    public async Task<IReadOnlyList<IWorkload>> OfAsync(IResource resource, CancellationToken cancellationToken) => resource switch
    {
        ProjectResource project => Replicas(project),
        PostgresServerResource server => [await postgres.ChooseAsync(server, cancellationToken)],
        PostgresDatabaseResource database => [new DatabaseWorkload(database)],
        RedisResource server => [await redis.ChooseAsync(server, cancellationToken)],
        _ => []
    };

    public void Dispose() => _probe.Dispose();

    private IReadOnlyList<IWorkload> Replicas(ProjectResource project)
    {
        var built = BuiltProject.Find(project.Name, project.Annotations.OfType<IProjectMetadata>().Last());
        return [.. Enumerable.Range(0, project.GetReplicaCount()).Select(n => new ProjectWorkload(project, n, built, context, _probe))];
    }
}
