using Agents.Bench.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Agents.Bench.Subject;

/// <summary>The least that a service of Kestrel could do, as a yardstick: an answer, and an answer after one committed row.</summary>
internal static class BareServer
{
    public const string Plain = "/plain";
    public const string Insert = "/insert";

    public static async Task<WebApplication> StartAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            if (context.Request.Path == Insert)
            {
                await using var connection = await database.OpenConnectionAsync(context.RequestAborted);
                await using var command = TicketRow.Insert();
                command.Connection = connection;
                TicketRow.Fill(command);
                await command.PrepareAsync(context.RequestAborted);
                await command.ExecuteNonQueryAsync(context.RequestAborted);
            }

            context.Response.ContentLength = 7;
            await context.Response.WriteAsync("Healthy", context.RequestAborted);
        });
        await app.StartAsync(cancellationToken);
        return app;
    }
}
