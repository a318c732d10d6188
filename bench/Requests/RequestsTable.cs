using System.Globalization;
using System.Text;
using Agents.Bench.Figures;

namespace Agents.Bench.Requests;

/// <summary>The figures as one Markdown table: medians over the rounds.</summary>
internal static class RequestsTable
{
    public const string Gateway = "gateway";
    public const string Identity = "identity";

    public static string Write(BenchOptions options, IReadOnlyList<Variant> variants, ILookup<Variant, Sample> samples)
    {
        var raw = variants.FirstOrDefault(variant => variant.Name == Variants.RawInsert) is { } insert
            ? Median.Of(samples[insert].Select(sample => sample.Turn.PerSecond))
            : (double?)null;
        var table = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{options.Connections} connections, {options.Rounds} rounds of {options.Turn.TotalSeconds:0} s each; CPU in ms per 1,000 requests (= µs per request).")
            .AppendLine()
            .AppendLine("| request | per second | × raw INSERT | p50 ms | p99 ms | CPU: load | bare server | gateway | service | postgres | sum |")
            .AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var variant in variants)
        {
            table.AppendLine(Row(variant, [.. samples[variant]], raw));
        }

        if (samples.Sum(group => group.Count(sample => sample.IsDisturbed)) is > 0 and var disturbed)
        {
            table.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Others worked on the machine in {disturbed} of the turns: measure again when it is quiet.");
        }

        return table.ToString();
    }

    private static string Row(Variant variant, IReadOnlyList<Sample> samples, double? raw)
    {
        double Of(Func<Sample, double> figure) => Median.Of(samples.Select(figure));
        var rate = Of(sample => sample.Turn.PerSecond);
        // Without a thread of its own the load is what this process does, and there is no server in it.
        var load = Of(sample => sample.Turn.OwnCpu * 1e6 / sample.Turn.Latencies.Count ?? sample.MillisecondsPerThousand(CpuClock.Own));
        double[] parts =
        [
            load,
            variant.OwnServer ? Of(sample => sample.MillisecondsPerThousand(CpuClock.Own)) - load : 0,
            Of(sample => sample.MillisecondsPerThousand(Gateway)),
            Of(sample => sample.MillisecondsPerThousand(Identity)),
            Of(sample => sample.MillisecondsPerThousand(CpuClock.Postgres)),
        ];
        var (p50, p99) = (Of(sample => sample.Turn.Latencies.Percentile(0.5).TotalMilliseconds), Of(sample => sample.Turn.Latencies.Percentile(0.99).TotalMilliseconds));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {variant.Name} | {rate:N0} | {(raw is null ? "" : (rate / raw.Value).ToString("0.00", CultureInfo.InvariantCulture))} | {p50:0.0} | {p99:0.0} | {string.Join(" | ", parts.Append(parts.Sum()).Select(Cpu))} |");
    }

    /// <summary>What rounds to nothing is noise of processes that only live.</summary>
    private static string Cpu(double milliseconds) => milliseconds < 1 ? "" : milliseconds.ToString("0", CultureInfo.InvariantCulture);
}
