using System.Globalization;
using System.Text;
using Agents.Bench.Figures;
using Agents.Bench.Load;

namespace Agents.Bench.Tasks;

/// <summary>The figures as Markdown: medians over the rounds, and each ratio the median of the ratios of turns that stood side by side.</summary>
internal sealed class TasksReport(BenchOptions options)
{
    private static readonly string[] Columns = [Peers.PgBoss, Peers.GraphileWorker, Peers.BullMq];

    private readonly List<(string Peer, Way Way, PeerTurn Theirs, WorkTurn Ours)> _pairs = [];
    private readonly List<(Way Way, WorkTurn Ours)> _own = [];
    private readonly StringBuilder _text = new();

    public BenchOptions Options => options;

    public double LoadBefore { get; set; }

    public double LoadAfter { get; set; }

    public List<Turn> Raw { get; } = [];

    public List<Turn> OnlySubmits { get; } = [];

    public List<double> EmptyRates { get; } = [];

    public List<double> SleepersRates { get; } = [];

    public List<double> SameLaneRates { get; } = [];

    public List<double> SubmitsBesideSleepers { get; } = [];

    public OneAtATime? Idle { get; set; }

    public Dictionary<string, PeerTurn> PeersIdle { get; } = [];

    public void Add(string peer, Way way, PeerTurn theirs, WorkTurn ours)
    {
        _pairs.Add((peer, way, theirs, ours));
        Add(way, ours);
    }

    public void Add(Way way, WorkTurn ours) => _own.Add((way, ours));

    public string Write()
    {
        Line($"{options.TasksOf(Work.Single):N0} tasks a turn by single submits over {options.Connections} connections, {options.TasksOf(Work.Batch):N0} by batches of {Work.Batch.Each} over {Work.Batch.Callers}; {options.Rounds} rounds; {options.Count} devices of {WorkForce.AgentsOfEach} agents; load average {LoadBefore:0.0} before, {LoadAfter:0.0} after.");
        Line($"");
        Line($"| | ours | {string.Join(" | ", Columns)} | ÷ {string.Join(" | ÷ ", Columns)} | ÷ raw INSERT | goal |");
        Line($"|---|--:|{string.Concat(Enumerable.Repeat("--:|", 2 * Columns.Length + 1))}---|");
        Throughput("single submits → stored, tasks/s", Work.Single, "≥ 3,000; ≥ 1.2 × pg-boss; then ahead of BullMQ");
        Throughput("batches of 100 → stored, tasks/s", Work.Batch, "≥ 6,000; ahead of BullMQ");
        Submits();
        IdleRows();
        BacklogRows();
        if (Raw.Count > 0)
        {
            Row("raw INSERT, 32 clients, commits/s", N(Median.Of(Raw.Select(turn => turn.PerSecond))));
        }

        CpuTable();
        foreach (var group in _pairs.Select(pair => (pair.Peer, pair.Theirs.Told)).Distinct())
        {
            Line($"- {group.Peer}: {group.Told}");
        }

        return _text.ToString();
    }

    private void Throughput(string name, Way way, string goal)
    {
        if (Of(way) is not { Count: > 0 } ours)
        {
            return;
        }

        var rate = Median.Of(ours.Select(turn => turn.PerSecond));
        Row(
            name, N(rate), [.. Columns.Select(peer => PairsOf(peer, way) is { Count: > 0 } pairs ? N(Median.Of(pairs.Select(pair => pair.Theirs.PerSecond))) : "")],
            [.. Columns.Select(peer => PairsOf(peer, way) is { Count: > 0 } pairs ? Ratio(Median.Of(pairs.Select(pair => pair.Ours.PerSecond / pair.Theirs.PerSecond))) : "")],
            Raw.Count > 0 ? Ratio(rate / Median.Of(Raw.Select(turn => turn.PerSecond))) : "", goal);
    }

    private void Submits()
    {
        if (Of(Work.Single) is { Count: > 0 } ours)
        {
            Row(
                "single submits acknowledged while they are worked on, per second", N(Median.Of(ours.Select(turn => turn.SubmitsPerSecond))),
                [.. Columns.Select(peer => PairsOf(peer, Work.Single) is { Count: > 0 } pairs ? N(Median.Of(pairs.Select(pair => pair.Theirs.SubmitsPerSecond))) : "")]);
            Row(
                "… p50 / p99 ms", Times(ours.Select(turn => turn.Submits)),
                [.. Columns.Select(peer => PairsOf(peer, Work.Single) is { Count: > 0 } pairs ? Times(Median.Of(pairs.Select(pair => pair.Theirs.P50)), Median.Of(pairs.Select(pair => pair.Theirs.P99))) : "")]);
        }

        if (OnlySubmits.Count > 0)
        {
            Row("single submits acknowledged, for agents that sleep, per second", N(Median.Of(OnlySubmits.Select(turn => turn.PerSecond))), goal: "≥ 6,000");
            Row("… p50 / p99 ms", Times(OnlySubmits), goal: "p99 ≤ 50");
        }
    }

    private void IdleRows()
    {
        if (Idle is { } idle)
        {
            Row("idle: submit → start, p50 / p99 ms", Times(idle.Started), [.. Columns.Select(peer => PeersIdle.TryGetValue(peer, out var turn) ? Times(turn.P50, turn.P99) : "")], goal: "≤ 2.5 / 10");
            Row("idle: submit → acknowledged, p50 / p99 ms", Times(idle.Acknowledged));
            Row("idle: result → `task/state` at a client, p50 / p99 ms", Times(idle.Shown), goal: "p99 ≤ 15");
            Row("cancel → `task/cancel` at the device, p50 / p95 ms", Times(idle.Canceled, 0.95), goal: "p95 ≤ 1,000 to the process");
        }
    }

    private void BacklogRows()
    {
        if (EmptyRates.Count == 0)
        {
            return;
        }

        var (empty, single) = (Median.Of(EmptyRates), Of(Work.Single));
        Row("dispatch of what is there, nothing else queued, tasks/s", N(empty));
        Row($"… {options.Backlog:N0} queued for sleepers", $"{N(Median.Of(SleepersRates))} ({Median.Of(SleepersRates) / empty:P0})", goal: "≥ 80 %");
        Row($"… {options.Backlog:N0} queued in the same lanes", $"{N(Median.Of(SameLaneRates))} ({Median.Of(SameLaneRates) / empty:P0})", goal: "≥ 80 %");
        var beside = Median.Of(SubmitsBesideSleepers);
        Row($"single submits → stored, {options.Backlog:N0} queued for sleepers", single.Count > 0 ? $"{N(beside)} ({beside / Median.Of(single.Select(turn => turn.PerSecond)):P0})" : N(beside), goal: "≥ 80 %");
    }

    private void CpuTable()
    {
        Line($"");
        Line($"| CPU µs per task | {string.Join(" | ", Work.Ways.Select(way => way.Name))} |");
        Line($"|---|{string.Concat(Work.Ways.Select(_ => "--:|"))}");
        foreach (var part in _own.SelectMany(own => own.Ours.Cpu.Parts.Keys).Distinct())
        {
            Line($"| {(part == CpuClock.Own ? "load and devices" : part)} | {string.Join(" | ", Work.Ways.Select(way => Of(way) is { Count: > 0 } turns ? N(Median.Of(turns.Select(turn => turn.Cpu.Parts[part] * 1e6 / turn.Tasks))) : ""))} |");
        }

        Line($"| others on the machine, cores | {string.Join(" | ", Work.Ways.Select(way => Of(way) is { Count: > 0 } turns ? Ratio(Median.Of(turns.Select(turn => turn.Cpu.Others * turn.PerSecond / turn.Tasks))) : ""))} |");
        Line($"");
    }

    private List<(PeerTurn Theirs, WorkTurn Ours)> PairsOf(string peer, Way way) => [.. _pairs.Where(pair => pair.Peer == peer && pair.Way == way).Select(pair => (pair.Theirs, pair.Ours))];

    private List<WorkTurn> Of(Way way) => [.. _own.Where(own => own.Way == way).Select(own => own.Ours)];

    private void Row(string name, string ours, string[]? theirs = null, string[]? ratios = null, string raw = "", string goal = "") =>
        Line($"| {name} | {ours} | {string.Join(" | ", theirs ?? ["", "", ""])} | {string.Join(" | ", ratios ?? ["", "", ""])} | {raw} | {goal} |");

    private void Line(FormattableString text) => _text.AppendLine(text.ToString(CultureInfo.InvariantCulture));

    private static string Times(IEnumerable<Turn> turns) => Times(
        Median.Of(turns.Select(turn => turn.Latencies.Percentile(0.5).TotalMilliseconds)), Median.Of(turns.Select(turn => turn.Latencies.Percentile(0.99).TotalMilliseconds)));

    private static string Times(Latencies latencies, double high = 0.99) => Times(latencies.Percentile(0.5).TotalMilliseconds, latencies.Percentile(high).TotalMilliseconds);

    private static string Times(double p50, double high) => string.Create(CultureInfo.InvariantCulture, $"{p50:0.0} / {high:0.0}");

    private static string N(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Ratio(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}
