using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Npgsql;

namespace Agents.Scheduler.Questions;

/// <summary>A person answers: the first answer counts, is stored, and goes to whoever works on the task.</summary>
internal sealed class Answering(NpgsqlDataSource postgres, Aftermath aftermath, Delivery delivery, TimeProvider time)
{
    /// <summary>False where it is not open any more.</summary>
    public async Task<bool> AnswerAsync(QuestionView question, GivenAnswer answer, Caller by, CancellationToken cancellationToken)
    {
        var task = Guid.Parse(question.TaskId);
        var name = by.Name.Length > 0 ? by.Name : by.Id;
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var closed = await connection.CloseAsync([new(task, question.Attempt, question.QuestionId, answer.ToJson(), by.Id, name)], cancellationToken);
        if (closed.Count == 0)
        {
            return false;
        }

        await connection.AddAuditAsync(
            AuditEntry.Of(by, time, "task.answered", question.TaskId, detail: $"{question.QuestionId}: {answer.Chosen()}"), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        delivery.Answer(closed[0].Holder, answer.ToOrder(question.QuestionId, name));
        aftermath.Happened();
        return true;
    }
}
