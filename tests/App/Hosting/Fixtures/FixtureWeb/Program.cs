using System.Runtime.InteropServices;
using Npgsql;

// A service for the engine to run: healthy, with one number in its database, and as stubborn or as mortal as it is told to be.
var app = WebApplication.Create(args);

using var deaf = app.Configuration["FIXTURE_DEAF"] is null
    ? null
    : PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
if (app.Configuration["FIXTURE_DIES"] is { } lastWords)
{
    Console.WriteLine(lastWords);
    return 3;
}

app.MapGet("/health", () => "ok");
app.MapGet("/pid", () => Environment.ProcessId);
app.MapGet("/environment", () => Environment.GetEnvironmentVariables());
app.MapPost("/count", async (CancellationToken cancellationToken) =>
{
    await using var connection = new NpgsqlConnection(app.Configuration.GetConnectionString("appdb") + ";Pooling=false");
    await connection.OpenAsync(cancellationToken);
    await using var command = new NpgsqlCommand(
        """
        CREATE TABLE IF NOT EXISTS counter (id int PRIMARY KEY, n int NOT NULL);
        INSERT INTO counter VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = counter.n + 1 RETURNING n
        """, connection);
    return await command.ExecuteScalarAsync(cancellationToken);
});

app.Run();
return 0;
