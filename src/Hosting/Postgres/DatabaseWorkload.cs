using Agents.Hosting.ApplicationModel;
using Npgsql;

namespace Agents.Hosting.Engine;

/// <summary>A database: made where it is missing, and there as long as its server is.</summary>
internal sealed class DatabaseWorkload(PostgresDatabaseResource resource) : IWorkload
{
    private bool _isThere;

    public IResource Resource => resource;
    public string Id => resource.Name;
    public string? Address => null;

    public Task<ChildCommand?> PrepareAsync(CancellationToken cancellationToken) => Task.FromResult<ChildCommand?>(null);

    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        if (!_isThere)
        {
            await CreateAsync(cancellationToken);
            _isThere = true;
        }

        return true;
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await PostgresConnection.OpenAsync(resource.Parent, cancellationToken);
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection)
        {
            Parameters = { new() { Value = resource.DatabaseName } }
        };
        if (await find.ExecuteScalarAsync(cancellationToken) is not null)
        {
            return;
        }

        try
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{resource.DatabaseName.Replace("\"", "\"\"")}\"", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Somebody else on a shared server was faster.
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new DistributedApplicationException(
                $"The database '{resource.DatabaseName}' is missing and the given user may not create it. Create it, or give the user CREATEDB.", e);
        }
    }
}
