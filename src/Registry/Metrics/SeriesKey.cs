using System.Security.Cryptography;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Registry;

namespace Agents.Registry.Metrics;

/// <summary>What makes two points of one figure: whose, which, and its labels, whatever their order.</summary>
/// <param name="Labels">As JSON, sorted.</param>
internal readonly record struct SeriesKey(string DeviceId, string AgentId, string Name, string Labels)
{
    private const string NoLabels = "{}";

    public static SeriesKey Of(MetricPoint point) => new(
        point.DeviceId, point.AgentId ?? "", point.Name,
        point.Labels is { Count: > 0 } labels
            ? JsonSerializer.Serialize(new SortedDictionary<string, string>(labels.ToDictionary(), StringComparer.Ordinal), WireJson.Options)
            : NoLabels);

    /// <summary>Labels can be longer than an index takes.</summary>
    public byte[] LabelsHash() => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Labels))[..16];
}
