using System.Diagnostics.CodeAnalysis;
using Agents.ServiceDefaults.Data;
using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Microsoft.Extensions.Hosting
{
    /// <summary>Aspire's registration of a DbContext, with its names and behaviour, where its package is not at hand.</summary>
    public static class AspireEFPostgreSqlExtensions
    {
        /// <summary>A pooled context on the connection string of that name, with retries, health check, traces and metrics.</summary>
        public static void AddNpgsqlDbContext<[DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.NonPublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties)] TContext>(
            this IHostApplicationBuilder builder,
            string connectionName,
            Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null,
            Action<DbContextOptionsBuilder>? configureDbContextOptions = null)
            where TContext : DbContext
        {
            var settings = new NpgsqlEntityFrameworkCorePostgreSQLSettings
            {
                ConnectionString = builder.Configuration.GetConnectionString(connectionName),
            };
            configureSettings?.Invoke(settings);
            if (string.IsNullOrEmpty(settings.ConnectionString))
            {
                throw new InvalidOperationException(
                    $"ConnectionStrings__{connectionName} is not set. The app host sets it; by hand it is Host=...;Database=...;Username=...;Password=...");
            }

            builder.Services.AddSingleton(services => new NpgsqlDataSourceBuilder(settings.ConnectionString)
                .UseLoggerFactory(services.GetRequiredService<ILoggerFactory>())
                .Build());
            builder.Services.AddDbContextPool<TContext>((services, options) =>
            {
                options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>(), npgsql =>
                {
                    if (!settings.DisableRetry)
                    {
                        npgsql.EnableRetryOnFailure();
                    }

                    if (settings.CommandTimeout is { } seconds)
                    {
                        npgsql.CommandTimeout(seconds);
                    }
                });
                configureDbContextOptions?.Invoke(options);
            });

            if (!settings.DisableHealthChecks)
            {
                builder.Services.AddHealthChecks().AddCheck<PostgresHealth>(typeof(TContext).Name);
            }
        }
    }
}

namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL
{
    /// <summary>Aspire's settings. Tracing and metrics are Npgsql's own source and meter, which the telemetry listens to.</summary>
    public sealed class NpgsqlEntityFrameworkCorePostgreSQLSettings
    {
        public string? ConnectionString { get; set; }

        public bool DisableRetry { get; set; }

        public bool DisableHealthChecks { get; set; }

        public bool DisableTracing { get; set; }

        public bool DisableMetrics { get; set; }

        public int? CommandTimeout { get; set; }
    }
}
