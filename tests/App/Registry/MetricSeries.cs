using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Registry;

internal static class MetricSeries
{
    /// <summary>So many figures of a device, or of an agent without one, that have no value. Written by hand: by points it would take minutes.</summary>
    public static Task SeriesAsync(this AgentsApp app, int count, string device = "", string agent = "") => Database.SingleAsync(
        app.App, "registrydb",
        """
        WITH made AS (
            INSERT INTO metric_series (device_id, agent_id, name, labels, labels_hash) SELECT $1, $2, 'n' || n, '{}', '' FROM generate_series(1, $3) n RETURNING id
        ) SELECT count(*) FROM made
        """,
        device, agent, count);
}
