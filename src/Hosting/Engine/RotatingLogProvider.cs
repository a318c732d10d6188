using Microsoft.Extensions.Logging;

namespace Agents.Hosting.Engine;

/// <summary>Brings what the engine logs into the application host's own log file.</summary>
internal sealed class RotatingLogProvider(RotatingLog log) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new FileLogger(categoryName, log);

    public void Dispose()
    {
    }

    private sealed class FileLogger(string category, RotatingLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.WriteLine($"{logLevel} {category}: {formatter(state, exception)} {exception}".TrimEnd());
            }
        }
    }
}
