using System.Text.Json;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Reports;

/// <summary>A task began to run, or ended.</summary>
/// <param name="Prompt">Its beginning.</param>
/// <param name="Given">The session that it was to continue.</param>
/// <param name="Reported">The session that its agent told of.</param>
internal sealed record WorkFact(
    Guid Task, string Status, DateTimeOffset At, string? Agent, string? Device, string Owner, string? Post, string Type, string? Prompt, string? Given,
    DateTimeOffset CreatedAt, string? Reported = null, DateTimeOffset? StartedAt = null, int Accepted = 0, string? Usage = null)
{
    public bool HasEnded => TaskStatus.IsEnd(Status);

    public UsageSum Used { get; } = Usages.Of(Usage);
}

/// <summary>What an agent says that it used. It says what it likes: what is no sensible figure counts nothing. Pure.</summary>
internal static class Usages
{
    private const double Most = 1e12;

    private static readonly UsageSum None = new(0, 0, 0);

    public static UsageSum Of(string? json)
    {
        if (json is null)
        {
            return None;
        }

        try
        {
            using var usage = JsonDocument.Parse(json);
            return usage.RootElement.ValueKind is JsonValueKind.Object
                ? new((long)Number(usage.RootElement, "input_tokens"), (long)Number(usage.RootElement, "output_tokens"), Number(usage.RootElement, "cost_usd"))
                : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }

    public static UsageSum Plus(this UsageSum a, UsageSum b) => new(a.InputTokens + b.InputTokens, a.OutputTokens + b.OutputTokens, a.CostUsd + b.CostUsd);

    private static double Number(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && number is > 0 and < Most
            ? number
            : 0;
}
