using Agents.Contracts.Realtime.Groups;
using Npgsql;

namespace Agents.Realtime.Groups.Log;

/// <param name="Answers">One for each entry of the batch.</param>
internal sealed record Written(IReadOnlyList<Appended> Answers, IReadOnlyList<LogEntry> Added);

/// <summary>A batch of entries in one transaction: the groups are held, what decides is read, and all that follows is written.</summary>
internal static class LogWriter
{
    public static async Task<Written> WriteAsync(NpgsqlDataSource postgres, IReadOnlyList<NewEntry> batch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var decisions = new LogDecisions(await LogFacts.ReadAsync(connection, batch, cancellationToken), now);
        Appended[] answers = [.. batch.Select(decisions.Take)];
        if (decisions.Added.Count > 0)
        {
            await WriteAsync(connection, decisions, now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new(answers, decisions.Added);
    }

    private static async Task WriteAsync(NpgsqlConnection connection, LogDecisions decisions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = decisions.Added.GroupBy(entry => entry.GroupId).ToDictionary(group => group.Key, group => group.Max(entry => entry.Seq));
        List<NpgsqlCommand> commands = [Add(connection, decisions.Added)];
        commands.Add(connection.Statement(LogSql.Advance).WithTexts([.. last.Keys]).With<long[]>([.. last.Values]).With(now));
        if (decisions.Joined is [_, ..] joined)
        {
            commands.Add(connection.Statement(LogSql.Join)
                .WithTexts([.. joined.Select(m => m.GroupId)]).WithTexts([.. joined.Select(m => m.Member)]).WithTexts([.. joined.Select(m => m.Name)])
                .WithTimes([.. joined.Select(m => (DateTimeOffset?)m.JoinedAt)]).WithLongs([.. joined.Select(m => (long?)m.ReadSeq)]));
        }

        commands.AddRange(decisions.Threads.Select(thread => connection.Statement(LogSql.KeepThread)
            .With(thread.Key.Group).With(thread.Key.Root).With(thread.Value.MinuteSince).With(thread.Value.InMinute).With(thread.Value.Tokens).With(thread.Value.Cost)
            .WithText(thread.Value.Stopped).With(thread.Value.Since)));
        commands.AddRange(decisions.Changes.SelectMany(change => Change(connection, change.By, change.Target, now)));
        commands.AddRange(Attach(connection, decisions.Added));
        commands.AddRange(Tell(connection, decisions.Told));
        commands.AddRange(last.Select(group => connection.Statement(LogSql.Notify).With(GroupWord.Advanced(group.Key, group.Value).ToString())));
        commands.AddRange(decisions.Joined.Select(member => connection.Statement(LogSql.Notify).With(GroupWord.Changed(member.GroupId, member.Member).ToString())));
        await connection.RunAllAsync(commands, cancellationToken);
    }

    private static NpgsqlCommand Add(NpgsqlConnection connection, List<LogEntry> added) => connection.Statement(LogSql.Add)
        .WithTexts([.. added.Select(e => e.GroupId)])
        .WithLongs([.. added.Select(e => (long?)e.Seq)])
        .WithIds([.. added.Select(e => (Guid?)e.Id)])
        .WithTexts([.. added.Select(e => e.Kind)])
        .WithTexts([.. added.Select(e => e.Author)])
        .WithTexts([.. added.Select(e => e.AuthorName)])
        .WithTexts([.. added.Select(e => e.Content)])
        .WithTexts([.. added.Select(e => e.Before)])
        .WithTimes([.. added.Select(e => (DateTimeOffset?)e.At)])
        .WithIds([.. added.Select(e => e.ReplyTo)])
        .WithIds([.. added.Select(e => e.Thread)])
        .WithIds([.. added.Select(e => e.Target)])
        .WithJsonb([.. added.Select(e => e.Mentions)])
        .WithJsonb([.. added.Select(e => e.Attachments)])
        .WithTexts([.. added.Select(e => e.TaskId)])
        .WithNumbers([.. added.Select(e => (int?)e.Hop)])
        .WithIds([.. added.Select(e => e.Cause)])
        .WithIds([.. added.Select(e => (Guid?)e.Root)])
        .WithJsonb([.. added.Select(e => e.Signature)])
        .WithTexts([.. added.Select(e => e.DedupKey)])
        .WithTexts([.. added.Select(e => e.Kind == EntryKind.Message ? $"{{{string.Join(',', LogEntry.TermsOf(e.Content))}}}" : null)]);

    private static IEnumerable<NpgsqlCommand> Change(NpgsqlConnection connection, LogEntry by, EntryFacts target, DateTimeOffset now)
    {
        if (by.Kind == EntryKind.Edit)
        {
            yield return connection.Statement(LogSql.Edited).With(target.GroupId).With(target.Id).With(by.Content).With(now).With(LogEntry.TermsOf(by.Content));
            yield break;
        }

        yield return connection.Statement(LogSql.Deleted).With(target.GroupId).With(target.Id).With(now);
        yield return connection.Statement(LogSql.DeletedAttachments).With(target.Id);
    }

    private static IEnumerable<NpgsqlCommand> Attach(NpgsqlConnection connection, List<LogEntry> added) => added
        .Where(entry => entry.Attachments is not null)
        .Select(entry => connection.Statement(LogSql.Attach).WithIds([.. entry.ToWire().Attachments!.Select(attached => (Guid?)Guid.Parse(attached.Id))]).With(entry.Id));

    private static IEnumerable<NpgsqlCommand> Tell(NpgsqlConnection connection, List<(LogEntry Entry, FoundMentions Found)> told)
    {
        foreach (var (entry, _) in told.Where(mention => mention.Found.Everybody))
        {
            yield return connection.Statement(LogSql.TellAll).With(entry.GroupId).With(entry.Id).With(entry.Seq).With(entry.At).With(entry.Author);
        }

        var some = told.Where(mention => !mention.Found.Everybody).SelectMany(mention => mention.Found.Of.Select(who => (mention.Entry, Owner: $"{who.Kind}:{who.Id}"))).ToList();
        if (some.Count > 0)
        {
            yield return connection.Statement(LogSql.Tell)
                .WithTexts([.. some.Select(s => s.Owner)]).WithIds([.. some.Select(s => (Guid?)s.Entry.Id)]).WithTexts([.. some.Select(s => s.Entry.GroupId)])
                .WithLongs([.. some.Select(s => (long?)s.Entry.Seq)]).WithTimes([.. some.Select(s => (DateTimeOffset?)s.Entry.At)]);
        }

        var asked = told.SelectMany(mention => mention.Found.Of.Where(who => who.Kind == MemberKind.Agent).Select(who => (mention.Entry, Agent: who.Id))).ToList();
        if (asked.Count > 0)
        {
            yield return connection.Statement(LogSql.MayBeWork)
                .WithIds([.. asked.Select(a => (Guid?)a.Entry.Id)]).WithTexts([.. asked.Select(a => a.Agent)]).WithTexts([.. asked.Select(a => a.Entry.GroupId)])
                .WithIds([.. asked.Select(a => (Guid?)(a.Entry.Thread ?? a.Entry.Id))]).WithTimes([.. asked.Select(a => (DateTimeOffset?)a.Entry.At)]);
        }
    }
}
