namespace Agents.Realtime.Groups.Log;

/// <summary>The statements of the log. Whoever adds to a group's log holds the group's row, so its numbers have no gaps.</summary>
internal static class LogSql
{
    /// <summary>In the order of their ids, so that two who want several don't wait for each other for ever.</summary>
    public const string Lock =
        """
        SELECT id, visibility, created_by, archived_at, last_seq, max_hops, max_per_minute, max_tokens, max_cost FROM groups WHERE id = ANY($1) ORDER BY id FOR UPDATE
        """;

    public const string Members = "SELECT group_id, member, name FROM group_members WHERE group_id = ANY($1)";

    public const string Authors =
        "SELECT m.group_id, m.member FROM unnest($1, $2) said (group_id, member) JOIN group_members m USING (group_id, member)";

    public const string Repeated =
        """
        SELECT e.group_id, e.author, e.dedup_key, e.id, e.seq FROM unnest($1, $2, $3) said (group_id, author, dedup_key)
        JOIN group_entries e USING (group_id, author, dedup_key)
        """;

    /// <summary>What is answered, changed or taken away, and the newest message of each group, which may be the cause of the next.</summary>
    public const string Facts =
        """
        SELECT group_id, id, seq, kind, author, hop, root, thread, at, content, deleted_at, FALSE AS newest FROM group_entries WHERE id = ANY($1)
        UNION ALL
        SELECT e.group_id, e.id, e.seq, e.kind, e.author, e.hop, e.root, e.thread, e.at, '', e.deleted_at, TRUE
        FROM unnest($2::text[]) g (id) CROSS JOIN LATERAL
            (SELECT * FROM group_entries WHERE group_id = g.id AND kind = 'message' ORDER BY seq DESC LIMIT 1) e
        """;

    public const string Threads =
        "SELECT group_id, root, minute_since, in_minute, tokens, cost, stopped, since FROM group_threads WHERE root = ANY($1) AND group_id = ANY($2)";

    /// <summary>Attachments of this group that belong to no message yet.</summary>
    public const string Attachments =
        "SELECT id, group_id, name, media_type, size, encode(sha256, 'hex') FROM group_attachments WHERE id = ANY($1) AND entry_id IS NULL FOR UPDATE";

    public const string Attach = "UPDATE group_attachments SET entry_id = $2 WHERE id = ANY($1)";

    /// <summary>Arrays of arrays are no wire type, so what a message is found by comes as a text.</summary>
    public const string Add =
        """
        INSERT INTO group_entries
            (group_id, seq, id, kind, author, author_name, content, before, at, reply_to, thread, target, mentions, attachments, task_id, hop, cause, root, signature, dedup_key, terms)
        SELECT group_id, seq, id, kind, author, author_name, content, before, at, reply_to, thread, target, mentions, attachments, task_id, hop, cause, root, signature, dedup_key,
            terms::int[]
        FROM unnest(
            $1::text[], $2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::uuid[], $11::uuid[], $12::uuid[],
            $13::jsonb[], $14::jsonb[], $15::text[], $16::int[], $17::uuid[], $18::uuid[], $19::jsonb[], $20::text[], $21::text[])
            said (group_id, seq, id, kind, author, author_name, content, before, at, reply_to, thread, target, mentions, attachments, task_id, hop, cause, root, signature, dedup_key, terms)
        """;

    public const string Advance =
        "UPDATE groups g SET last_seq = said.seq, last_at = $3 FROM unnest($1::text[], $2::bigint[]) said (id, seq) WHERE g.id = said.id";

    public const string Edited = "UPDATE group_entries SET content = $3, edited_at = $4, terms = $5 WHERE group_id = $1 AND id = $2";

    /// <summary>Nothing of what it said stays, also not in what it said before.</summary>
    public const string Deleted =
        """
        UPDATE group_entries SET content = '', before = NULL, attachments = NULL, signature = NULL, terms = NULL, deleted_at = $3
        WHERE group_id = $1 AND (id = $2 OR (target = $2 AND kind = 'edit'))
        """;

    public const string DeletedAttachments = "DELETE FROM group_attachments WHERE entry_id = $1";

    public const string Tell =
        """
        INSERT INTO inbox (owner, id, group_id, seq, at) SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::bigint[], $5::timestamptz[]) ON CONFLICT DO NOTHING
        """;

    public const string TellAll =
        """
        INSERT INTO inbox (owner, id, group_id, seq, at) SELECT member, $2, $1, $3, $4 FROM group_members WHERE group_id = $1 AND member <> $5 ON CONFLICT DO NOTHING
        """;

    public const string MayBeWork =
        """
        INSERT INTO group_works (entry_id, agent_id, group_id, thread, at)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[]) ON CONFLICT DO NOTHING
        """;

    public const string Join =
        """
        INSERT INTO group_members (group_id, member, name, joined_at, read_seq)
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bigint[]) ON CONFLICT DO NOTHING
        """;

    public const string KeepThread =
        """
        INSERT INTO group_threads (group_id, root, minute_since, in_minute, tokens, cost, stopped, since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (group_id, root) DO UPDATE SET minute_since = excluded.minute_since, in_minute = excluded.in_minute, tokens = excluded.tokens,
            cost = excluded.cost, stopped = excluded.stopped, since = excluded.since
        """;

    public const string Notify = $"SELECT pg_notify('{GroupWord.Channel}', $1)";
}
