using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Terminal;

/// <summary>The daemon's log: one entry is one line on stderr, from where systemd or a shell takes it.</summary>
internal sealed class LineLog(TextWriter output, LogLevel least, TimeProvider time) : ILogger
{
    private readonly Lock _lock = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel level) => level >= least;

    public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(level))
        {
            return;
        }

        var text = formatter(state, exception).ReplaceLineEndings(" ");
        // Its kind and message say enough to a user; the whole of it is for who looks for a fault.
        var cause = exception is null ? "" : IsEnabled(LogLevel.Debug) ? "\n" + exception : $" ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")})";
        lock (_lock)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {Level(level)} {text}{cause}"));
            output.Flush();
        }
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        _ => "error",
    };
}
