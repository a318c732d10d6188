using System.Globalization;
using System.Text;
using Agents.Bench.Figures;
using Agents.Bench.Load;
using Agents.Contracts.Registry;

namespace Agents.Bench.Metrics;

/// <summary>The figures of figures, as Markdown.</summary>
internal sealed class MetricsReport(BenchOptions options)
{
    private readonly StringBuilder _questions = new();

    public TimeSpan Loading { get; set; }

    public TimeSpan Rolling { get; set; }

    public long Minutes { get; set; }

    /// <summary>Cores that others took, and the machine's load average, while questions were asked and while points were written.</summary>
    public (double Cores, double Load) AskingBeside { get; set; }

    public (double Cores, double Load) WritingBeside { get; set; }

    public List<Turn> Raw { get; } = [];

    public List<Turn> Service { get; } = [];

    public static double LoadAverage() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public void Add(MetricQuestion question, int items, Latencies latencies) => _questions.AppendLine(
        CultureInfo.InvariantCulture,
        $"| {question.Name} | {items:N0} | {latencies.Percentile(0.5).TotalMilliseconds:0.0} | {latencies.Percentile(0.99).TotalMilliseconds:0.0} |");

    public string Write()
    {
        var (raw, service) = (PointsPerSecond(Raw), PointsPerSecond(Service));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
             {options.Points:N0} points loaded in {Loading.TotalSeconds:0} s, {Minutes:N0} minutes rolled up in {Rolling.TotalSeconds:0} s.

             | question | items | p50 ms | p99 ms |
             |---|--:|--:|--:|
             {_questions}
             Others took {AskingBeside.Cores:0.00} cores meanwhile; load average {AskingBeside.Load:0.0}.

             | {options.Connections} connections, {MetricReport.MaxPoints:N0} points at once | points per second | × raw COPY | p50 ms | p99 ms |
             |---|--:|--:|--:|--:|
             | raw COPY, one commit each | {raw:N0} | 1.00 | {Milliseconds(Raw, 0.5):0} | {Milliseconds(Raw, 0.99):0} |
             | POST /internal/metrics | {service:N0} | {service / raw:0.00} | {Milliseconds(Service, 0.5):0} | {Milliseconds(Service, 0.99):0} |

             Others took {WritingBeside.Cores:0.00} cores meanwhile; load average {WritingBeside.Load:0.0}.
             """);
    }

    private static double PointsPerSecond(List<Turn> turns) => Median.Of(turns.Select(turn => turn.PerSecond)) * MetricReport.MaxPoints;

    private static double Milliseconds(List<Turn> turns, double share) => Median.Of(turns.Select(turn => turn.Latencies.Percentile(share).TotalMilliseconds));
}
