using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Npgsql;

namespace Agents.Scheduler.Questions;

/// <param name="Faults">There are too many of the attempt's.</param>
/// <param name="Again">What has been answered, for who may not have heard of it.</param>
internal sealed record AskedOutcome(int Asked, IReadOnlyList<WordAnswer> Faults, IReadOnlyList<Asking> Again)
{
    public static AskedOutcome None { get; } = new(0, [], []);
}

/// <summary>What holders ask, and what is told again to those who have just come back: the first answer counts, so one that comes twice does no harm.</summary>
internal sealed class QuestionWords(Delivery delivery)
{
    public async Task<AskedOutcome> TakeAsync(
        NpgsqlConnection connection, IReadOnlyList<HolderWord> words, IEnumerable<string> back, CancellationToken cancellationToken)
    {
        string[] holders = [.. back.Distinct()];
        var again = holders.Length > 0 ? await connection.AnsweredAsync(holders, cancellationToken) : [];
        if (words.Count == 0)
        {
            return again.Count > 0 ? new(0, [], again) : AskedOutcome.None;
        }

        var asked = await connection.AskAsync(words, cancellationToken);
        var tooMany = asked.Where(a => a is { IsNew: false, IsKnown: false }).Select(a => (a.Task, a.QuestionId)).ToHashSet();
        return new(
            asked.Count(a => a.IsNew),
            [
                .. words.Where(word => tooMany.Contains((Guid.Parse(word.TaskId!), word.Question!.QuestionId))).Select(word => new WordAnswer(
                    word.Holder, word.TaskId!, word.Attempt ?? 0, Fault: $"There are too many questions: at most {AskSql.MostOpen} of an attempt are open at a time.", Ref: word.Ref)),
            ],
            [.. again, .. asked.Where(a => a.Answer is not null)]);
    }

    public void Tell(IEnumerable<Asking> again)
    {
        foreach (var asked in again.DistinctBy(a => (a.Task, a.QuestionId)))
        {
            delivery.Answer(asked.Holder, asked.Answer!.ToOrder(asked.QuestionId, asked.By));
        }
    }
}
