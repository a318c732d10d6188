using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Agents.Realtime.Metrics;
using Agents.Realtime.Presence;

namespace Agents.Realtime.Handlers;

/// <summary>Points of a device and of its agents. Good ones go on although others beside them are not.</summary>
internal sealed class MetricsHandler(Roster roster, PresenceBook presence, MetricForwarder metrics, TimeProvider time) : IHandler<MetricsPayload>
{
    private const string AgentLabel = "agent_id";

    public ValueTask<Fault?> HandleAsync(Connection from, MetricsPayload message, CancellationToken cancellationToken)
    {
        if (message.Points.Count > MetricsPayload.MaxPoints)
        {
            return new(new Fault(ErrorCode.Invalid, $"payload.points must be at most {MetricsPayload.MaxPoints}."));
        }

        Fault? fault = null;
        var now = time.GetUtcNow();
        List<MetricPoint> points = new(message.Points.Count);
        for (var i = 0; i < message.Points.Count; i++)
        {
            var wrong = Read(from, message.Points[i], now, out var point);
            if (wrong is null)
            {
                points.Add(point!);
            }

            fault ??= wrong is null ? null : new(wrong.Code, $"payload.points[{i}]: {wrong.Text}");
        }

        if (from.Peer is DevicePeer && MeasuredLoad.Of(points, now) is { } load)
        {
            presence.Measured(from, load);
        }

        metrics.Put(points);
        return new(fault);
    }

    private Fault? Read(Connection from, MetricValue value, DateTimeOffset now, out MetricPoint? point)
    {
        point = null;
        if (value is null)
        {
            return new(ErrorCode.Invalid, "must not be null");
        }

        // Times beyond what a calendar has are refused below, as too far off.
        var at = value.Ts is { } ts ? DateTimeOffset.UnixEpoch.AddSeconds(double.IsFinite(ts) ? Math.Clamp(ts, -1e10, 1e11) : 0) : now;
        if (MetricRules.Fault(value.Name, value.Value, at, value.Labels, now) is { } wrong)
        {
            return new(ErrorCode.Invalid, wrong);
        }

        var agentId = value.Labels?.GetValueOrDefault(AgentLabel) ?? (from.Peer as AgentPeer)?.Agent.Id;
        if (agentId is not null && OwnAgents.FaultOf(from, agentId, roster) is { } foreign)
        {
            return foreign;
        }

        if (from.Peer is PersonPeer)
        {
            return new(ErrorCode.NotAllowed, "Only devices and agents have figures.");
        }

        var labels = agentId is null ? value.Labels : value.Labels?.Where(label => label.Key != AgentLabel).ToDictionary();
        point = new((from.Peer as DevicePeer)?.Id ?? roster.Find(agentId!)?.DeviceId ?? "", agentId, value.Name, value.Value, at, labels);
        return null;
    }
}
