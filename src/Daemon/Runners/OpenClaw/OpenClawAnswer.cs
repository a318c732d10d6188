using System.Text.Json;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.OpenClaw;

/// <summary>What openclaw answers with <c>--json</c>, in the forms of its versions. Pure.</summary>
internal sealed record OpenClawAnswer(string? Text, string? Error, UsageCount Usage, bool UsedTools)
{
    /// <summary>Null where it is none.</summary>
    public static OpenClawAnswer? Of(string output)
    {
        // Plugins may say something before it and after it.
        var (from, to) = (output.IndexOf('{', StringComparison.Ordinal), output.LastIndexOf('}'));
        try
        {
            if (from < 0 || to < from || JsonElement.Parse(output.AsSpan(from, to - from + 1)) is not { ValueKind: JsonValueKind.Object } json)
            {
                return null;
            }

            // Through its gateway the same stands one level below.
            var answer = json.At("result", "payloads") is not null ? json.At("result")!.Value : json;
            var meta = answer.At("meta", "agentMeta") ?? answer;
            var error = json.TextAt("error", "message") ?? answer.TextAt("meta", "error", "message") ?? json.TextAt("error")
                ?? (json.TextAt("status") is "error" or "timeout" ? $"openclaw ended with {json.TextAt("status")}." : null);
            var texts = answer.ListAt("payloads").Select(payload => payload.TextAt("text")).OfType<string>();
            var tools = (answer.NumberAt("meta", "toolSummary", "calls") ?? answer.NumberAt("toolSummary", "calls")) > 0
                || meta.At("terminalReceipt", "successfulToolNames") is { ValueKind: JsonValueKind.Array } names && names.GetArrayLength() > 0;
            return answer.At("payloads") is null && answer.TextAt("final") is null && error is null
                ? null
                : new(answer.TextAt("final") ?? string.Join('\n', texts), error, Count(meta), tools);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static UsageCount Count(JsonElement meta)
    {
        var cached = meta.NumberAt("usage", "cacheRead") ?? 0;
        return new((meta.NumberAt("usage", "input") ?? 0) + cached + (meta.NumberAt("usage", "cacheWrite") ?? 0), meta.NumberAt("usage", "output") ?? 0, cached,
            meta.FractionAt("costUsd") ?? meta.FractionAt("usage", "cost", "total"));
    }
}
