using Agents.Hosting.ApplicationModel;
using Npgsql;

namespace Agents.Hosting.Engine;

internal sealed class PostgresWorkload(PostgresServerResource resource, IServer? server) : IWorkload
{
    public IResource Resource => resource;
    public string Id => resource.Name;
    public string? Address => server is null ? "given" : $"{resource.PrimaryEndpoint.Host}:{resource.PrimaryEndpoint.Port}";

    public async Task<ChildCommand?> PrepareAsync(CancellationToken cancellationToken)
    {
        if (server is not null)
        {
            return await server.PrepareAsync(cancellationToken);
        }

        await CheckGivenAsync(cancellationToken);
        return null;
    }

    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await PostgresConnection.OpenAsync(resource, cancellationToken);
        return true;
    }

    /// <summary>A string that somebody typed: what is wrong with it is said at once, not tried again.</summary>
    private async Task CheckGivenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await PostgresConnection.OpenAsync(resource, cancellationToken);
            if (connection.PostgreSqlVersion.Major < LocalBinaries.OldestMajor)
            {
                throw new DistributedApplicationException(
                    $"ConnectionStrings__{resource.Name} leads to PostgreSQL {connection.PostgreSqlVersion}; {LocalBinaries.OldestMajor} or newer is needed.");
            }
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException or FormatException)
        {
            throw new DistributedApplicationException($"The server of ConnectionStrings__{resource.Name} cannot be used: {e.Message}", e);
        }
    }
}
