using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Agents.ServiceDefaults.Telemetry;

/// <summary>One entry is one line, with the request's id; only an exception takes more.</summary>
internal sealed class LineFormatter(IOptionsMonitor<ConsoleFormatterOptions> options, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "agents";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter output)
    {
        output.Write(time.GetUtcNow().UtcDateTime.ToString(options.CurrentValue.TimestampFormat ?? "yyyy-MM-ddTHH:mm:ss.fff'Z '", CultureInfo.InvariantCulture));
        output.Write(Level(entry.LogLevel));
        output.Write(entry.Category);
        scopes?.ForEachScope(
            static (scope, output) =>
            {
                if (scope is IReadOnlyList<KeyValuePair<string, object?>> values && values.Count > 0 && values[0] is { Key: "request_id", Value: { } id })
                {
                    output.Write(" [");
                    output.Write(id);
                    output.Write(']');
                }
            },
            output);
        output.Write(": ");
        output.WriteLine(entry.Formatter(entry.State, entry.Exception).ReplaceLineEndings(" "));
        if (entry.Exception is { } exception)
        {
            output.WriteLine(exception);
        }
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug ",
        LogLevel.Information => "info  ",
        LogLevel.Warning => "warn  ",
        LogLevel.Error => "error ",
        _ => "fatal ",
    };
}
