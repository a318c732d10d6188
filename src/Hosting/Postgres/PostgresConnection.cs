using Agents.Hosting.ApplicationModel;
using Npgsql;

namespace Agents.Hosting.Engine;

internal static class PostgresConnection
{
    /// <summary>To the database that a server has from the start, or that a given string names.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(PostgresServerResource server, CancellationToken cancellationToken)
    {
        var builder = new NpgsqlConnectionStringBuilder(await server.GetConnectionStringAsync(cancellationToken)) { Pooling = false };
        builder.Database ??= "postgres";
        var connection = new NpgsqlConnection(builder.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword && server.Given() is null)
        {
            await connection.DisposeAsync();
            throw new DistributedApplicationException(
                $"The databases were made with another password than the one in the file {server.PasswordParameter.Name} of the data folder. Put the old one back.", e);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
