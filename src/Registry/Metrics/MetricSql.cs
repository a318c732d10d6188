namespace Agents.Registry.Metrics;

/// <summary>All SQL about figures. Its tables: Migrations/*_Metrics.cs; why it is so: docs/adr/0015-metrics.md.</summary>
internal static class MetricSql
{
    public const string CopyPoints = "COPY metric_points (series_id, at, value) FROM STDIN (FORMAT BINARY)";

    /// <summary>
    /// New series of a device only up to so many ($6): labels that never repeat would fill the disk. An agent without a
    /// device has that for itself, so that one can't use up what all of them have.
    /// </summary>
    public const string FindOrMakeSeries =
        """
        WITH wanted AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS w (device_id, agent_id, name, labels, labels_hash, n)
        ), known AS (
            SELECT w.n, s.id FROM wanted w
            JOIN metric_series s ON (s.device_id, s.agent_id, s.name, s.labels_hash) = (w.device_id, w.agent_id, w.name, w.labels_hash)
        ), made AS (
            INSERT INTO metric_series (device_id, agent_id, name, labels, labels_hash)
            SELECT w.device_id, w.agent_id, w.name, w.labels::jsonb, w.labels_hash
            FROM (
                SELECT *, row_number() OVER (PARTITION BY device_id, CASE device_id WHEN '' THEN agent_id END ORDER BY n) AS place
                FROM wanted WHERE n NOT IN (SELECT n FROM known)
            ) w
            WHERE w.place + (
                SELECT count(*) FROM metric_series s WHERE s.device_id = w.device_id AND (w.device_id <> '' OR s.agent_id = w.agent_id)) <= $6
            ORDER BY w.device_id, w.agent_id, w.name, w.labels_hash
            ON CONFLICT (device_id, agent_id, name, labels_hash) DO UPDATE SET name = excluded.name
            RETURNING id, device_id, agent_id, name, labels_hash
        )
        SELECT n::int, id FROM known
        UNION ALL
        SELECT w.n::int, m.id FROM made m
        JOIN wanted w ON (w.device_id, w.agent_id, w.name, w.labels_hash) = (m.device_id, m.agent_id, m.name, m.labels_hash)
        """;

    /// <summary>
    /// In the transaction of the points. The row is written also where it is there already: whoever rolls the minute up
    /// takes it away, and has to wait for us.
    /// </summary>
    public const string MarkDirtyMinutes =
        "INSERT INTO metric_dirty_minutes (at) SELECT unnest($1) ORDER BY 1 ON CONFLICT (at) DO UPDATE SET at = excluded.at";

    public const string MarkDirtyHours =
        "INSERT INTO metric_dirty_hours (at) SELECT unnest($1) ORDER BY 1 ON CONFLICT (at) DO UPDATE SET at = excluded.at";

    /// <summary>In order, as writers take them; and by themselves, so that what is asked next is asked after every writer that held one.</summary>
    public const string LockDirtyMinutes = "SELECT at FROM metric_dirty_minutes WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE";

    public const string LockDirtyHours = "SELECT at FROM metric_dirty_hours WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE";

    public const string TakeDirtyMinutes = "DELETE FROM metric_dirty_minutes WHERE at = ANY ($1) RETURNING at";

    /// <summary>An hour waits for its minutes.</summary>
    public const string TakeDirtyHours =
        """
        DELETE FROM metric_dirty_hours h
        WHERE h.at = ANY ($1) AND NOT EXISTS (SELECT FROM metric_dirty_minutes m WHERE m.at >= h.at AND m.at < h.at + interval '1 hour')
        RETURNING at
        """;

    public const string RollMinutes =
        """
        INSERT INTO metric_minutes (series_id, at, min, max, sum, count, last)
        SELECT p.series_id, d.at, min(p.value), max(p.value), sum(p.value), count(*), (array_agg(p.value ORDER BY p.at DESC))[1]
        FROM unnest($1) AS d (at) JOIN metric_points p ON p.at >= d.at AND p.at < d.at + interval '1 minute'
        GROUP BY p.series_id, d.at
        ON CONFLICT (series_id, at) DO UPDATE
        SET min = excluded.min, max = excluded.max, sum = excluded.sum, count = excluded.count, last = excluded.last
        """;

    public const string RollHours =
        """
        INSERT INTO metric_hours (series_id, at, min, max, sum, count, last)
        SELECT m.series_id, d.at, min(m.min), max(m.max), sum(m.sum), sum(m.count), (array_agg(m.last ORDER BY m.at DESC))[1]
        FROM unnest($1) AS d (at) JOIN metric_minutes m ON m.at >= d.at AND m.at < d.at + interval '1 hour'
        GROUP BY m.series_id, d.at
        ON CONFLICT (series_id, at) DO UPDATE
        SET min = excluded.min, max = excluded.max, sum = excluded.sum, count = excluded.count, last = excluded.last
        """;

    /// <summary>$1: the device's id or '', $2: the agent's or '', $3: the name, $4: labels that it must have.</summary>
    public const string FindSeries =
        """
        SELECT id FROM metric_series
        WHERE ($1 = '' OR device_id = $1) AND ($2 = '' OR agent_id = $2) AND name = $3 AND labels @> $4::jsonb
        """;

    /// <summary>
    /// For the three that follow, in their transaction. A plan that is kept counts partitions that it will pass over and takes
    /// tables of dirty times, which grow and shrink, for bigger than they are; so it brings in workers, whose start takes ten
    /// times as long as the answer.
    /// </summary>
    public const string Alone = "SET LOCAL max_parallel_workers_per_gather = 0";

    public const string ReadPoints =
        """
        SELECT date_bin($4, at, 'epoch') AS step, min(value), sum(value), max(value), (array_agg(value ORDER BY at DESC))[1], count(*)
        FROM metric_points WHERE series_id = ANY ($1) AND at >= $2 AND at < $3
        GROUP BY step ORDER BY step
        """;

    /// <summary>Minutes that are rolled up, and the points of those that are not, or are no longer right.</summary>
    private const string MinuteParts =
        """
        SELECT m.at, m.min, m.max, m.sum, m.count, m.last FROM metric_minutes m
        WHERE m.series_id = ANY ($1) AND m.at >= $2 AND m.at < $3 AND NOT EXISTS (SELECT FROM metric_dirty_minutes d WHERE d.at = m.at) {0}
        UNION ALL
        SELECT p.at, p.value, p.value, p.value, 1, p.value FROM metric_dirty_minutes d
        JOIN metric_points p ON p.at >= d.at AND p.at < d.at + interval '1 minute'
        WHERE p.series_id = ANY ($1) AND p.at >= $2 AND p.at < $3 AND d.at >= $2 AND d.at < $3
        """;

    private const string Gather =
        """
        SELECT date_bin($4, at, 'epoch') AS step, min(min), sum(sum), max(max), (array_agg(last ORDER BY at DESC))[1], sum(count)::bigint
        FROM ({0}) parts
        GROUP BY step ORDER BY step
        """;

    public static readonly string ReadMinutes = string.Format(null, Gather, string.Format(null, MinuteParts, ""));

    /// <summary>The same one floor up: hours, and the minutes of those that are not rolled up.</summary>
    public static readonly string ReadHours = string.Format(
        null,
        Gather,
        """
        SELECT h.at, h.min, h.max, h.sum, h.count, h.last FROM metric_hours h
        WHERE h.series_id = ANY ($1) AND h.at >= $2 AND h.at < $3 AND NOT EXISTS (SELECT FROM metric_dirty_hours d WHERE d.at = h.at)
        UNION ALL

        """ + string.Format(
            null, MinuteParts, "AND m.at >= (SELECT min(at) FROM metric_dirty_hours) AND EXISTS (SELECT FROM metric_dirty_hours d WHERE m.at >= d.at AND m.at < d.at + interval '1 hour')"));

    /// <summary>
    /// The owner's series that have a value: one that was made for points that were then not written has none. The newest is asked
    /// for, so that it is looked up: "any" the planner would look for by reading all points, where a few series have most of them.
    /// </summary>
    private const string WithValue =
        """
        FROM metric_series s
        WHERE ($1 = '' OR (s.device_id = $1 AND s.agent_id = '')) AND ($2 = '' OR s.agent_id = $2)
          AND (EXISTS (SELECT FROM (SELECT FROM metric_points p WHERE p.series_id = s.id ORDER BY p.at DESC LIMIT 1) newest)
               OR EXISTS (SELECT FROM (SELECT FROM metric_hours h WHERE h.series_id = s.id ORDER BY h.at DESC LIMIT 1) newest))
        """;

    /// <summary>Each figure there is, with its newest value: of the last day's points, else of the hours.</summary>
    public const string ReadNames =
        $"""
        SELECT s.name, s.labels::text, coalesce(p.at, h.at), coalesce(p.value, h.last)
        FROM (SELECT s.* {WithValue} ORDER BY s.name, s.labels::text LIMIT $3 OFFSET $4) s
        LEFT JOIN LATERAL (SELECT at, value FROM metric_points WHERE series_id = s.id ORDER BY at DESC LIMIT 1) p ON true
        LEFT JOIN LATERAL (SELECT at, last FROM metric_hours WHERE series_id = s.id AND p.at IS NULL ORDER BY at DESC LIMIT 1) h ON true
        ORDER BY s.name, s.labels::text
        """;

    /// <summary>How many, and whether the device, or the agent's, or the agent without a device, has as many series as it may have.</summary>
    public const string CountNames =
        $"""
        SELECT (SELECT count(*) {WithValue}), EXISTS (
            SELECT FROM metric_series
            WHERE device_id IN (SELECT $1 WHERE $1 <> '' UNION SELECT device_id FROM metric_series WHERE agent_id = $2 AND agent_id <> '')
              AND (device_id <> '' OR agent_id = $2)
            GROUP BY device_id HAVING count(*) >= $3
        )
        """;

    public const string Partitions =
        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::text::regclass ORDER BY 1";

    /// <summary>Of devices and agents that are gone, and of which nothing is left.</summary>
    public const string ForgetSeries =
        """
        DELETE FROM metric_series s
        WHERE NOT EXISTS (SELECT FROM devices d WHERE d.id = s.device_id) AND NOT EXISTS (SELECT FROM agents a WHERE a.id = s.agent_id)
          AND NOT EXISTS (SELECT FROM metric_points p WHERE p.series_id = s.id) AND NOT EXISTS (SELECT FROM metric_hours h WHERE h.series_id = s.id)
          AND NOT EXISTS (SELECT FROM metric_minutes m WHERE m.series_id = s.id)
        """;
}
