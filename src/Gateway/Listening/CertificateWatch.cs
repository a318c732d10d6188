namespace Agents.Gateway.Listening;

/// <summary>Looks at the files, because a watcher misses what is swapped by a link, as clusters do.</summary>
internal sealed partial class CertificateWatch(ServerCertificate certificate, TimeProvider time, ILogger<CertificateWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (certificate.Refresh())
                {
                    Log.Refreshed(log);
                }
            }
            catch (BadSetting e)
            {
                // Half of a pair, most likely: the other file follows.
                Log.Unusable(log, e.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The TLS certificate changed and is in use")]
        public static partial void Refreshed(ILogger log);

        [LoggerMessage(LogLevel.Warning, "The TLS certificate changed and the old one stays in use, because {Reason}")]
        public static partial void Unusable(ILogger log, string reason);
    }
}
