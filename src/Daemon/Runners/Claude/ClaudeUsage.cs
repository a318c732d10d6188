using System.Text.Json;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Claude;

/// <summary>What claude has used so far: of each answer of the model the last word counts, and in the end what claude adds up itself.</summary>
internal sealed class ClaudeUsage
{
    // Answers that are complete are summed up; only the one that comes just now may still grow.
    private UsageCount _complete = UsageCount.None;
    private UsageCount _now = UsageCount.None;
    private UsageCount? _said;

    public UsageCount Sum => _said ?? _complete + _now;

    /// <summary>An answer begins.</summary>
    public void Begins(JsonElement usage)
    {
        _complete += _now;
        _now = Count(usage);
        _said = null;
    }

    /// <summary>The same answer, and more of it.</summary>
    public void Grows(JsonElement usage) => _now = _now with { Output = Math.Max(_now.Output, usage.NumberAt("output_tokens") ?? 0) };

    /// <summary>All of this program's models together, those of its helpers as well.</summary>
    public void Ends(JsonElement result)
    {
        var sum = UsageCount.None;
        if (result.At("modelUsage") is { ValueKind: JsonValueKind.Object } models)
        {
            foreach (var model in models.EnumerateObject().Select(each => each.Value))
            {
                var cached = model.NumberAt("cacheReadInputTokens") ?? 0;
                sum += new UsageCount(
                    (model.NumberAt("inputTokens") ?? 0) + (model.NumberAt("cacheCreationInputTokens") ?? 0) + cached, model.NumberAt("outputTokens") ?? 0, cached, null);
            }
        }

        _said = (sum.IsNone ? _complete + _now : sum) with { Cost = result.FractionAt("total_cost_usd") };
    }

    private static UsageCount Count(JsonElement usage)
    {
        var cached = usage.NumberAt("cache_read_input_tokens") ?? 0;
        return new((usage.NumberAt("input_tokens") ?? 0) + (usage.NumberAt("cache_creation_input_tokens") ?? 0) + cached, usage.NumberAt("output_tokens") ?? 0, cached, null);
    }
}
