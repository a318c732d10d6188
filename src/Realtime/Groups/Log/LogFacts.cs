using Agents.Contracts.Realtime.Groups;
using Npgsql;

namespace Agents.Realtime.Groups.Log;

/// <summary>What is known of a group while its row is held.</summary>
internal sealed record GroupFacts(string Id, string Visibility, string CreatedBy, bool IsArchived, long LastSeq, GroupLimits Limits);

/// <summary>Of an entry that another one refers to.</summary>
internal sealed record EntryFacts(
    string GroupId, Guid Id, long Seq, string Kind, string Author, int Hop, Guid Root, Guid? Thread, DateTimeOffset At, string Content, bool IsDeleted);

/// <summary>All that decides about a batch, read under the groups' locks.</summary>
internal sealed class LogFacts
{
    public Dictionary<string, GroupFacts> Groups { get; } = [];

    public HashSet<(string Group, string Member)> Authors { get; } = [];

    public ILookup<string, (string Key, string Name)> Members { get; private set; } = Array.Empty<(string, string, string)>().ToLookup(m => m.Item1, m => (m.Item2, m.Item3));

    public Dictionary<(string Group, string Author, string Key), (Guid Id, long Seq)> Repeated { get; } = [];

    public Dictionary<Guid, EntryFacts> Entries { get; } = [];

    public Dictionary<string, EntryFacts> Newest { get; } = [];

    public Dictionary<(string Group, Guid Root), ThreadState> Threads { get; } = [];

    public Dictionary<Guid, (string Group, AttachmentView View)> Attachments { get; } = [];

    public static async Task<LogFacts> ReadAsync(NpgsqlConnection connection, IReadOnlyList<NewEntry> batch, CancellationToken cancellationToken)
    {
        var facts = new LogFacts();
        string[] groups = [.. batch.Select(entry => entry.GroupId).Distinct()];
        await using var locked = connection.Statement(LogSql.Lock).WithTexts(groups);
        foreach (var group in await locked.ListAsync(GroupOf, cancellationToken))
        {
            facts.Groups.Add(group.Id, group);
        }

        // Only from here on it is certain what the logs hold.
        await using var authors = connection.Statement(LogSql.Authors).WithTexts([.. batch.Select(e => e.GroupId)]).WithTexts([.. batch.Select(e => e.Author)]);
        facts.Authors.UnionWith(await authors.ListAsync(row => (row.GetString(0), row.GetString(1)), cancellationToken));
        await facts.ReadReferredAsync(connection, batch, groups, cancellationToken);
        await facts.ReadMembersAsync(connection, batch, cancellationToken);
        await facts.ReadRepeatedAsync(connection, [.. batch.Where(entry => entry.DedupKey is not null)], cancellationToken);
        await facts.ReadAttachmentsAsync(connection, [.. batch.SelectMany(entry => entry.Attachments).Distinct()], cancellationToken);
        return facts;
    }

    private async Task ReadReferredAsync(NpgsqlConnection connection, IReadOnlyList<NewEntry> batch, string[] groups, CancellationToken cancellationToken)
    {
        Guid?[] referred = [.. batch.SelectMany(entry => new[] { entry.ReplyTo, entry.Target }).Where(id => id is not null).Distinct()];
        await using var entries = connection.Statement(LogSql.Facts).WithIds(referred).WithTexts(groups);
        foreach (var (entry, isNewest) in await entries.ListAsync(row => (EntryOf(row), row.GetBoolean(11)), cancellationToken))
        {
            if (isNewest)
            {
                Newest[entry.GroupId] = entry;
            }
            else
            {
                Entries[entry.Id] = entry;
            }
        }

        Guid?[] roots = [.. Newest.Values.Concat(Entries.Values).Select(entry => (Guid?)entry.Root).Distinct()];
        await using var threads = connection.Statement(LogSql.Threads).WithIds(roots).WithTexts(groups);
        foreach (var (key, thread) in await threads.ListAsync(
            row => ((row.GetString(0), row.GetGuid(1)), new ThreadState(row.GetFieldValue<DateTimeOffset>(2), row.GetInt32(3), row.GetInt64(4), row.GetDecimal(5), row.Text(6), row.GetInt64(7))),
            cancellationToken))
        {
            Threads[key] = thread;
        }
    }

    private async Task ReadMembersAsync(NpgsqlConnection connection, IReadOnlyList<NewEntry> batch, CancellationToken cancellationToken)
    {
        string[] mentioning = [.. batch.Where(entry => Mentions.MayBeIn(entry.Content)).Select(entry => entry.GroupId).Distinct()];
        if (mentioning.Length > 0)
        {
            await using var members = connection.Statement(LogSql.Members).WithTexts(mentioning);
            Members = (await members.ListAsync(row => (Group: row.GetString(0), Key: row.GetString(1), Name: row.GetString(2)), cancellationToken))
                .ToLookup(member => member.Group, member => (member.Key, member.Name));
        }
    }

    private async Task ReadRepeatedAsync(NpgsqlConnection connection, IReadOnlyList<NewEntry> keyed, CancellationToken cancellationToken)
    {
        if (keyed.Count > 0)
        {
            await using var repeated = connection.Statement(LogSql.Repeated)
                .WithTexts([.. keyed.Select(e => e.GroupId)]).WithTexts([.. keyed.Select(e => e.Author)]).WithTexts([.. keyed.Select(e => e.DedupKey)]);
            foreach (var (key, first) in await repeated.ListAsync(
                row => ((row.GetString(0), row.GetString(1), row.GetString(2)), (row.GetGuid(3), row.GetInt64(4))), cancellationToken))
            {
                Repeated[key] = first;
            }
        }
    }

    private async Task ReadAttachmentsAsync(NpgsqlConnection connection, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count > 0)
        {
            await using var attachments = connection.Statement(LogSql.Attachments).WithIds([.. ids]);
            foreach (var (group, attachment) in await attachments.ListAsync(
                row => (row.GetString(1), new AttachmentView(row.GetGuid(0).ToString(), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetString(5))), cancellationToken))
            {
                Attachments[Guid.Parse(attachment.Id)] = (group, attachment);
            }
        }
    }

    private static GroupFacts GroupOf(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), !row.IsDBNull(3), row.GetInt64(4),
        new(row.Number(5) ?? GroupLimits.DefaultHops, row.Number(6) ?? GroupLimits.DefaultPerMinute, row.IsDBNull(7) ? null : row.GetInt64(7), row.IsDBNull(8) ? null : row.GetDecimal(8)));

    private static EntryFacts EntryOf(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetGuid(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetInt32(5), row.GetGuid(6), row.Id(7),
        row.GetFieldValue<DateTimeOffset>(8), row.GetString(9), !row.IsDBNull(10));
}
