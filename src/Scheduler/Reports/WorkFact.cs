using System.Text.Json;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Reports;

/// <summary>A task began to run, or ended; or its agent told what it had used by then, by itself or when an attempt failed.</summary>
/// <param name="Status">Empty: its agent told something while it ran.</param>
/// <param name="Prompt">Its beginning.</param>
/// <param name="Given">The session that it was to continue.</param>
/// <param name="Reported">The session that its agent told of.</param>
/// <param name="Number">Of the event, among those of its task.</param>
/// <param name="Data">Of the event, where it may tell of usage.</param>
internal sealed record WorkFact(
    Guid Task, string Status, DateTimeOffset At, string? Agent, string? Device, string Owner, string? Post, string Type, string? Prompt, string? Given,
    DateTimeOffset CreatedAt, string? Reported = null, DateTimeOffset? StartedAt = null, int Accepted = 0, string? Usage = null, int Attempt = 0, long Number = 0, string? Data = null)
{
    public bool HasEnded => TaskStatus.IsEnd(Status);

    public bool HasBegunOrEnded => HasEnded || Status is TaskStatus.Running;

    /// <summary>What its attempt has used in all, as far as this very event tells.</summary>
    public UsageSum Told => Status is TaskStatus.Done ? Used : Status.Length == 0 ? Usages.Of(Data) : Usages.Within(Data);

    public UsageSum Used { get; } = Usages.Of(Usage);
}

/// <summary>What an agent says that it used. It says what it likes: what is no sensible figure counts nothing. Pure.</summary>
internal static class Usages
{
    private const double Most = 1e12;

    private static readonly UsageSum None = new(0, 0, 0);

    public static UsageSum Of(string? json) => Read(json, Sum);

    /// <summary>Of what lies in a field of this name beside others.</summary>
    public static UsageSum Within(string? json) =>
        Read(json, root => root.ValueKind is JsonValueKind.Object && root.TryGetProperty("usage", out var usage) ? Sum(usage) : None);

    public static UsageSum Of(JsonElement? usage)
    {
        try
        {
            return usage is { } said ? Sum(said) : None;
        }
        catch (InvalidOperationException)
        {
            return None;
        }
    }

    public static UsageSum Plus(this UsageSum a, UsageSum b) => new(a.InputTokens + b.InputTokens, a.OutputTokens + b.OutputTokens, a.CostUsd + b.CostUsd);

    private static UsageSum Read(string? json, Func<JsonElement, UsageSum> sum)
    {
        if (json is null)
        {
            return None;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return sum(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second where a name has half a character in it.
            return None;
        }
    }

    private static UsageSum Sum(JsonElement usage) => usage.ValueKind is JsonValueKind.Object
        ? new((long)Number(usage, "input_tokens"), (long)Number(usage, "output_tokens"), Number(usage, "cost_usd"))
        : None;

    private static double Number(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && number is > 0 and < Most
            ? number
            : 0;
}
