using Npgsql;

namespace Agents.Tests.App.Whole;

/// <summary>A look into a service's database, for what no API shows.</summary>
internal static class Database
{
    public static async Task<object[]> SingleAsync(DistributedApplication app, string database, string sql, params object[] parameters)
    {
        await using var postgres = NpgsqlDataSource.Create((await app.GetConnectionStringAsync(database, TestContext.Current.CancellationToken))!);
        await using var command = postgres.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.AddWithValue(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken), "no row");
        var row = new object[reader.FieldCount];
        reader.GetValues(row);
        Assert.False(await reader.ReadAsync(TestContext.Current.CancellationToken), "more than one row");
        return row;
    }
}
