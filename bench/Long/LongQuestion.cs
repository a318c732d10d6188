using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Agents.Bench.Figures;
using Agents.Scheduler.Tasks;

namespace Agents.Bench.Long;

/// <summary>Something that is asked for through the gateway, a bit different each time.</summary>
internal sealed record LongQuestion(string Name, int GoalMilliseconds, Func<int, string> Path)
{
    private const int Asked = 100;
    private const int NotCounted = 3;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>One after the other, for some seconds at most; the first few do not count.</summary>
    public async Task<(long Items, Latencies Latencies)> AskAsync(HttpClient gateway, CancellationToken cancellationToken)
    {
        var (items, latencies, begun) = (0L, new Latencies(Asked), Stopwatch.GetTimestamp());
        for (var n = -NotCounted; n < Asked && (n < NotCounted || Stopwatch.GetElapsedTime(begun) < Longest); n++)
        {
            var start = Stopwatch.GetTimestamp();
            using var response = await gateway.GetAsync(Path(n + NotCounted), cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (n >= 0)
            {
                latencies.Add(Stopwatch.GetTimestamp() - start);
            }

            items = response.StatusCode is HttpStatusCode.OK ? ItemsOf(response, body)
                : throw new InvalidOperationException($"{Path(n + NotCounted)} answered {(int)response.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
        }

        return (items, latencies);
    }

    /// <summary>What there is in all, where the answer says so.</summary>
    private static long ItemsOf(HttpResponseMessage response, byte[] body)
    {
        if (response.Content.Headers.ContentType?.MediaType == "text/csv")
        {
            return body.Count(each => each == '\n') - 1;
        }

        using var answer = JsonDocument.Parse(body);
        var data = answer.RootElement.GetProperty("data");
        return data.TryGetProperty("total", out var total) ? total.GetInt64() : 1;
    }
}

internal static class LongQuestions
{
    private const int ListGoal = 50;
    private const int ReportGoal = 200;

    /// <param name="ids">Tasks that the one who asks may see, from all of the past.</param>
    public static IEnumerable<LongQuestion> All(DateTimeOffset now, IReadOnlyList<string> ids)
    {
        string Ago(double days) => Uri.EscapeDataString((now - TimeSpan.FromDays(days)).ToString("O", CultureInfo.InvariantCulture));
        string Cursor(int n) => TaskPartitions.FirstId(now - TimeSpan.FromDays(20 + n % 60)).ToString();
        string Q(string text) => Uri.EscapeDataString(text);
        LongQuestion List(string name, Func<int, string> query) => new($"list: {name}", ListGoal, n => $"/api/v1/tasks?{query(n)}");

        yield return List("all", _ => "");
        yield return List("status=done", _ => "status=done");
        yield return List("status=failed", _ => "status=failed");
        yield return List("status=scheduled", _ => "status=scheduled");
        yield return List("agent", n => $"agent_id={World.Agent(31 * (n % 7))}");
        yield return List("agent, status=failed", n => $"agent_id={World.Agent(31 * (n % 7))}&status=failed");
        yield return List("post", n => $"post_id={World.Post(n)}");
        yield return List("type", n => $"type={World.Types[n % World.Types.Count]}");
        yield return List("label team", n => $"label=team%3D{n % World.Teams}");
        yield return List("label ticket, rare", n => $"label=ticket%3DT-{n}");
        yield return List("a day, long ago", n => $"from={Ago(20 + n % 60)}&to={Ago(19 + n % 60)}");
        yield return List("type, status=failed, label", n => $"type={World.Types[n % World.Types.Count]}&status=failed&label=env%3Dprod");
        yield return List("post, status=canceled, a week long ago", n => $"post_id={World.Post(n)}&status=canceled&from={Ago(20 + n % 60)}&to={Ago(13 + n % 60)}");
        yield return List("page 400", _ => "page=400");
        yield return List("all, deep cursor", n => $"cursor={Cursor(n)}");
        yield return List("status=failed, deep cursor", n => $"status=failed&cursor={Cursor(n)}");
        yield return List("only the total (page_size=1)", _ => "page_size=1");
        yield return List("text, frequent (9 %)", _ => $"q={Words.Frequent}");
        yield return List("text, 0.9 %", _ => $"q={Words.Common}");
        yield return List("text, 0.01 %", _ => $"q={Words.Uncommon}");
        yield return List("text, rare (17 of ten million)", _ => $"q={Words.Rare}");
        yield return List("text, nowhere", n => $"q=xylophonist{n}");
        yield return List("text, Chinese, frequent (3 %)", _ => $"q={Q(Words.ChineseFrequent)}");
        yield return List("text, Chinese, rare (0.0015 %)", _ => $"q={Q(Words.ChineseRare)}");
        yield return List("text, within a word", _ => "q=eploy");
        yield return List("text, two words", _ => $"q={Words.Frequent}+{Words.Common}");
        yield return List("text, a number", n => $"q=%23{10_000 + 311 * n}");
        yield return List("text frequent, status=failed", _ => $"q={Words.Frequent}&status=failed");
        yield return List("text frequent, type, label", n => $"q={Words.Frequent}&type={World.Types[n % World.Types.Count]}&label=env%3Dprod");
        yield return List("text frequent, agent", n => $"q={Words.Frequent}&agent_id={World.Agent(31 * (n % 7))}");
        yield return List("text 0.9 %, post", n => $"q={Words.Common}&post_id={World.Post(n)}");
        yield return List("text 0.9 %, a day, long ago", n => $"q={Words.Common}&from={Ago(20 + n % 60)}&to={Ago(19 + n % 60)}");
        yield return List("text 0.9 %, deep cursor", n => $"q={Words.Common}&cursor={Cursor(n)}");
        yield return List("id's beginning", n => $"q={ids[n % ids.Count][..13]}");

        yield return new("one task", ListGoal, n => $"/api/v1/tasks/{ids[n % ids.Count]}");
        yield return new("its events", ListGoal, n => $"/api/v1/tasks/{ids[n % ids.Count]}/events");
        yield return new("sessions", ListGoal, _ => "/api/v1/sessions");
        yield return new("sessions of an agent", ListGoal, n => $"/api/v1/sessions?agent_id={World.Agent(31 * (n % 7))}");
        yield return new("sessions by title", ListGoal, _ => $"/api/v1/sessions?q={Words.Frequent}");

        foreach (var days in new[] { 1, 30, 90 })
        {
            foreach (var group in new[] { "agent", "post", "device", "user", "type", "day", "hour" })
            {
                // Hours are told for 62 days at most.
                var span = group == "hour" ? Math.Min(days, 60) : days;
                yield return new($"report by {group}, {span} days", ReportGoal, _ => $"/api/v1/reports/work?group_by={group}&from={Ago(span)}&to={Ago(0)}");
            }
        }

        yield return new("report by day, one agent, 90 days", ReportGoal, n => $"/api/v1/reports/work?group_by=day&agent_id={World.Agent(31 * (n % 7))}&from={Ago(90)}&to={Ago(0)}");
        yield return new("report by agent, one post, 90 days", ReportGoal, n => $"/api/v1/reports/work?group_by=agent&post_id={World.Post(n)}&from={Ago(90)}&to={Ago(0)}");
        yield return new("report by day, Berlin, 90 days", ReportGoal, _ => $"/api/v1/reports/work?group_by=day&tz=Europe/Berlin&from={Ago(90)}&to={Ago(0)}");
        yield return new("report by agent, 90 days, CSV", ReportGoal, _ => $"/api/v1/reports/work?group_by=agent&format=csv&from={Ago(90)}&to={Ago(0)}");
        yield return new("report by day, 90 days, CSV", ReportGoal, _ => $"/api/v1/reports/work?group_by=day&format=csv&from={Ago(90)}&to={Ago(0)}");
    }
}
