using Agents.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Agents.Hosting.Engine;

internal static class EngineServices
{
    public static void AddEngine(this IServiceCollection services, IConfiguration configuration, bool isTest)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(EngineOptions.From(configuration));
        services.AddSingleton<Runner>();
        services.AddSingleton(_ => new ResourceNotificationService());
        services.AddSingleton<StatusBoard>();
        services.AddSingleton<DataFolder>();
        services.AddSingleton<Ports>();
        services.AddSingleton<Workloads>();
        services.AddSingleton<PostgresServers>();
        services.AddSingleton<RedisServers>();
        services.AddSingleton<Orchestrator>();
        services.AddHostedService(s => s.GetRequiredService<Orchestrator>());
        services.AddSingleton(s => new RotatingLog(s.GetRequiredService<DataFolder>().LogPath("apphost"), TimeProvider.System));
        services.AddSingleton<IScreen>(s => new LoggedScreen(Screen(isTest), s.GetRequiredService<RotatingLog>()));
        services.AddSingleton<ILoggerProvider, RotatingLogProvider>();
        services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
        if (isTest)
        {
            // Ctrl+C means the test run, not the application under test.
            services.AddSingleton<IHostLifetime, NoLifetime>();
        }
    }

    private static IScreen Screen(bool isTest) =>
        isTest ? new NoScreen()
        : Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi ? new PlainScreen(Console.Out)
        : new LiveScreen(AnsiConsole.Console);

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
