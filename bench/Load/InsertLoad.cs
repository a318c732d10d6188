using System.Diagnostics;
using Agents.Bench.Figures;
using Npgsql;

namespace Agents.Bench.Load;

/// <summary>The row of a ticket, inserted and committed with nothing around it: what PostgreSQL itself can do.</summary>
internal sealed class InsertLoad(NpgsqlDataSource database, int connections) : ILoad
{
    public async Task<Turn> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var clients = new List<(NpgsqlConnection Connection, NpgsqlCommand Command)>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                var connection = await database.OpenConnectionAsync(cancellationToken);
                var command = TicketRow.Insert();
                command.Connection = connection;
                clients.Add((connection, command));
                await command.PrepareAsync(cancellationToken);
            }

            var start = Stopwatch.GetTimestamp();
            var all = new Latencies();
            foreach (var latencies in await Task.WhenAll(clients.Select(client => InsertAsync(client.Command, start, duration, cancellationToken))))
            {
                all.Add(latencies);
            }

            return new(all, Stopwatch.GetElapsedTime(start));
        }
        finally
        {
            foreach (var (connection, command) in clients)
            {
                await command.DisposeAsync();
                await connection.DisposeAsync();
            }
        }
    }

    private static async Task<Latencies> InsertAsync(NpgsqlCommand command, long start, TimeSpan duration, CancellationToken cancellationToken)
    {
        var latencies = new Latencies();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            var at = Stopwatch.GetTimestamp();
            TicketRow.Fill(command);
            await command.ExecuteNonQueryAsync(cancellationToken);
            latencies.Add(Stopwatch.GetTimestamp() - at);
        }

        return latencies;
    }
}
