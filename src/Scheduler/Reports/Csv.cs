using System.Globalization;
using System.Text;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Reports;

/// <summary>A report as RFC 4180 has it. Pure.</summary>
internal static class Csv
{
    private const string NewLine = "\r\n";

    public static byte[] Of(WorkReport report)
    {
        var text = new StringBuilder();
        Line(text, [
            report.GroupBy, "ended", "done", "failed", "canceled", "success_rate", "retries", "wait_p50_s", "wait_p95_s", "wait_mean_s", "run_p50_s", "run_p95_s",
            "run_mean_s", "input_tokens", "output_tokens", "cost_usd",
        ]);
        foreach (var row in report.Items)
        {
            Line(text, [
                Cell(row.Key), Number(row.Ended), Number(row.Done), Number(row.Failed), Number(row.Canceled), Number(row.SuccessRate), Number(row.Retries),
                Number(row.Wait.P50), Number(row.Wait.P95), Number(row.Wait.Mean), Number(row.Run.P50), Number(row.Run.P95), Number(row.Run.Mean),
                Number(row.Usage.InputTokens), Number(row.Usage.OutputTokens), Number(row.Usage.CostUsd),
            ]);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>What a table program would take for a formula gets a quote before it, which it shows as text.</summary>
    internal static string Cell(string? text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text ?? "";
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells).Append(NewLine);

    private static string Number(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
