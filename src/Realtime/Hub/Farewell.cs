using Agents.Contracts.Realtime;

namespace Agents.Realtime.Hub;

/// <summary>At the end of the process everybody is told to come again, so that nobody waits for a dead socket.</summary>
internal sealed class Farewell(Connections connections, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() =>
        {
            foreach (var connection in connections.All)
            {
                connection.Close(CloseCode.ComeAgain, "the server starts anew");
            }
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
