using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners;

/// <summary>What an attempt has used so far.</summary>
/// <param name="Input">Tokens in, those from a cache among them.</param>
/// <param name="Cached">Of those, from a cache.</param>
/// <param name="Cost">US dollars; null where the program does not say.</param>
internal sealed record UsageCount(long Input, long Output, long Cached, double? Cost)
{
    public static UsageCount None { get; } = new(0, 0, 0, null);

    public bool IsNone => this is { Input: 0, Output: 0, Cost: null or 0 };

    public JsonElement? Json
    {
        get
        {
            if (IsNone)
            {
                return null;
            }

            var json = new JsonObject { ["input_tokens"] = Input, ["output_tokens"] = Output, ["cached_tokens"] = Cached };
            if (Cost is { } cost)
            {
                json["cost_usd"] = cost;
            }

            return json.Element();
        }
    }

    public static UsageCount operator +(UsageCount a, UsageCount b) =>
        new(a.Input + b.Input, a.Output + b.Output, a.Cached + b.Cached, a.Cost is null && b.Cost is null ? null : (a.Cost ?? 0) + (b.Cost ?? 0));
}
