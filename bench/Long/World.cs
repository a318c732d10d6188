using System.Globalization;

namespace Agents.Bench.Long;

/// <summary>A task of the past, as it would have been stored.</summary>
internal sealed record PastTask(
    int Number, Guid Id, DateTimeOffset At, string Owner, string Agent, string Device, string Post, string Type, string Prompt, string? Labels, string Status, double Waited, double Ran)
{
    public DateTimeOffset StartedAt => At.AddSeconds(Waited);

    public DateTimeOffset EndedAt => StartedAt.AddSeconds(Ran);

    public string Usage => string.Create(CultureInfo.InvariantCulture, $$"""{"input_tokens":{{1_000 + Number % 9_000}},"output_tokens":{{100 + Number % 900}},"cost_usd":{{0.001 * (1 + Number % 40):0.000}}}""");
}

/// <summary>
/// Who did what: 500 agents, five on each of 100 devices, of 20 posts; each works for three of 100 people and does two or
/// three of eight types. Some do much more than others. One person owns a hundredth of all.
/// </summary>
internal sealed class World(string person, DateTimeOffset now, int count)
{
    public const int Agents = 500;
    public const int Posts = 20;
    public const int Teams = 12;

    public static readonly IReadOnlyList<string> Types = ["chat", "code", "review", "test", "report", "translate", "search", "triage"];
    public static readonly TimeSpan Past = TimeSpan.FromDays(89.5);

    private const int People = 100;
    private const int PersonsAgents = 7;

    private readonly Random _random = new(20_261_121);

    public static string Agent(int n) => $"long-agent-{n % Agents}";

    public static string Post(int n) => $"long-post-{n % Posts}";

    /// <summary>In the order of time.</summary>
    public IEnumerable<PastTask> Tasks()
    {
        var words = new Words(_random);
        for (var n = 0; n < count; n++)
        {
            var at = now - Past * (1 - (double)n / count);
            var (owner, agent) = Who();
            var (status, post) = (_random.Next(100) switch { < 92 => "done", < 97 => "failed", _ => "canceled" }, Post(agent));
            yield return new(
                n, Guid.CreateVersion7(at), at, owner, Agent(agent), $"long-device-{agent / 5}", post, Types[(agent + _random.Next(2 + agent % 2)) % Types.Count], words.Next(), Labels(), status,
                Math.Exp(4 * _random.NextDouble() - 2), Math.Exp(7 * _random.NextDouble() - 1));
        }
    }

    private (string Owner, int Agent) Who()
    {
        if (_random.Next(People) == 0)
        {
            return (person, _random.Next(PersonsAgents) * 31);
        }

        var agent = (int)(Agents * Math.Pow(_random.NextDouble(), 1.7));
        return ($"long-person-{(agent + 37 * _random.Next(3)) % (People - 1)}", agent);
    }

    private string? Labels() => _random.Next(10) switch
    {
        < 3 => $$"""{"env":"prod","team":"{{_random.Next(Teams)}}"}""",
        3 => $$"""{"env":"test","ticket":"T-{{_random.Next(100_000)}}"}""",
        _ => null,
    };
}
