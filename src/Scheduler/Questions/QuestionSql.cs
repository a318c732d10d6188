using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Questions;

/// <summary>Questions as people read them. Open is what may be answered now, whatever nobody has looked after yet.</summary>
internal static class QuestionSql
{
    private const string IsOpen =
        "(q.answered_at IS NULL AND q.expires_at > now() AND coalesce(l.attempt = q.attempt AND l.stage + 0 = 3 AND l.started_at IS NOT NULL, false))";

    private const string Columns =
        $"""
        q.task_id, q.attempt, q.question_id, q.agent_id, q.asked, q.asked_at, q.expires_at, {IsOpen}, q.answer,
        coalesce(q.answered_by, CASE WHEN {IsOpen} THEN NULL WHEN q.expires_at <= now() THEN 'expired' ELSE 'over' END), q.answered_name, q.answered_at
        """;

    private const string OfTask =
        $"""
        SELECT {Columns}, NULL FROM questions q LEFT JOIN live l ON l.id = q.task_id
        WHERE q.task_id = $1 AND ($2::text IS NULL OR q.question_id = $2) ORDER BY q.asked_at, q.question_id
        """;

    private const string From = "FROM questions q JOIN tasks t ON t.id = q.task_id LEFT JOIN live l ON l.id = q.task_id WHERE ($1 OR t.created_by = $2)";

    private const string Open = $"{From} AND q.answered_at IS NULL AND {IsOpen}";

    private const string Closed = $"{From} AND q.answered_at IS NOT NULL";

    public static async Task<List<QuestionView>> QuestionsAsync(
        this NpgsqlDataSource postgres, Guid task, string? questionId, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(OfTask).With(task).WithText(questionId);
        return await command.ListAsync(Read, cancellationToken);
    }

    /// <summary>Oldest first.</summary>
    public static async Task<ListOf<QuestionView>> QuestionsAsync(
        this NpgsqlDataSource postgres, bool open, Submitter reader, Paging paging, CancellationToken cancellationToken)
    {
        var from = open ? Open : Closed;
        await using var command = postgres.CreateCommand(
            $"SELECT {Columns}, left(t.prompt, {TaskRow.PromptLength}) {from} ORDER BY q.asked_at, q.task_id, q.question_id OFFSET $3 LIMIT $4")
            .With(reader.SeesAll).With(reader.Id).With(paging.Skip).With(paging.Size);
        var items = await command.ListAsync(Read, cancellationToken);
        await using var count = postgres.CreateCommand($"SELECT count(*) FROM (SELECT {from} LIMIT {ListOf<QuestionView>.Cap + 1}) counted").With(reader.SeesAll).With(reader.Id);
        return ListOf<QuestionView>.Capped(items, (long)(await count.ExecuteScalarAsync(cancellationToken))!);
    }

    private static QuestionView Read(NpgsqlDataReader row)
    {
        var asked = JsonSerializer.Deserialize<AskedQuestion>(row.GetString(4), WireJson.Options)!;
        return new(
            row.GetGuid(0).ToString(), row.GetInt32(1), row.GetString(2), row.Text(3), asked.Kind, asked.Title, asked.Detail, asked.Options, asked.Default,
            row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6), row.GetBoolean(7), GivenAnswers.Of(row.Text(8)), row.Text(9), row.Text(10),
            row.Time(11), row.Text(12));
    }
}
