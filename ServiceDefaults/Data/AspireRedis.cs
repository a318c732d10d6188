using Agents.ServiceDefaults.Data;
using Aspire.StackExchange.Redis;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting
{
    /// <summary>Aspire's registration of a Redis client, with its names and behaviour, where its package is not at hand.</summary>
    public static class AspireRedisExtensions
    {
        /// <summary>One shared <see cref="IConnectionMultiplexer"/> on the connection string of that name, with a health check.</summary>
        public static void AddRedisClient(
            this IHostApplicationBuilder builder,
            string connectionName,
            Action<StackExchangeRedisSettings>? configureSettings = null,
            Action<ConfigurationOptions>? configureOptions = null)
        {
            var settings = new StackExchangeRedisSettings
            {
                ConnectionString = builder.Configuration.GetConnectionString(connectionName),
            };
            configureSettings?.Invoke(settings);
            if (string.IsNullOrEmpty(settings.ConnectionString))
            {
                throw new InvalidOperationException($"ConnectionStrings__{connectionName} is not set. The app host sets it; by hand it is host:port,password=...");
            }

            // A connection that was taken and not answered, by a server that died just then, is left after this, and not after a
            // minute. What stands later in the connection string counts.
            var options = ConfigurationOptions.Parse($"keepAlive=10,{settings.ConnectionString}");
            // A service starts while Redis is away, and finds it when it comes.
            options.AbortOnConnectFail = false;
            configureOptions?.Invoke(options);
            builder.Services.AddSingleton<IConnectionMultiplexer>(services =>
            {
                options.LoggerFactory = services.GetService<ILoggerFactory>();
                return ConnectionMultiplexer.Connect(options);
            });
            if (!settings.DisableHealthChecks)
            {
                builder.Services.AddHealthChecks().AddCheck<RedisHealth>("redis");
            }
        }
    }
}

namespace Aspire.StackExchange.Redis
{
    public sealed class StackExchangeRedisSettings
    {
        public string? ConnectionString { get; set; }

        public bool DisableHealthChecks { get; set; }

        public bool DisableTracing { get; set; }
    }
}
