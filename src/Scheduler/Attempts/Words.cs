using Agents.Contracts.Scheduler;
using Agents.Scheduler.Artifacts;
using Agents.Scheduler.Budgets;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Questions;
using Agents.Scheduler.Tasks;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>
/// What holders said, in one transaction: all of a report counts, or none of it and Realtime brings it again. Each word is
/// the same said twice.
/// </summary>
internal sealed class Words(
    NpgsqlDataSource postgres, Aftermath aftermath, Fleet fleet, Queues queues, Failures failures, LeaseWords leases, QuestionWords questions, BudgetBook budgets, IOptions<WorkOptions> options,
    TimeProvider time)
{
    private readonly WorkOptions _options = options.Value;

    public async Task<WordAnswers> TakeAsync(WordReport report, CancellationToken cancellationToken)
    {
        var words = report.Words;
        var byKind = words.ToLookup(word => word.Kind);
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        var turns = await connection.TurnsAsync(report.Instance, words, _options.Lease, cancellationToken);
        var accepted = await Some(byKind[WordKind.Accept], connection.AcceptAsync, cancellationToken);
        var progress = ProgressOrder.Rising(byKind[WordKind.Progress]);
        var written = progress.Count == 0 ? 0 : await connection.ProgressAsync(progress, _options.MostProgress, cancellationToken);
        List<HolderWord> asking = [.. byKind[WordKind.Question]];
        var asked = await questions.TakeAsync(connection, asking, turns.Where(turn => turn.Here).Select(turn => turn.Word.Holder), cancellationToken);
        var results = await LongResults.ReadAsync(connection, [.. byKind[WordKind.Result]], time, cancellationToken);
        var done = await Some(results.Whole, (results, token) => connection.EndAsync([.. results.Select(Done)], _options.Lease, token), cancellationToken);
        var byTask = results.Whole.ToLookup(word => Guid.Parse(word.TaskId!));
        List<(HolderWord Word, int Attempt)> counted = [.. done.Select(e => (byTask.WordOf(e.Attempt), e.Attempt.Number))];
        await results.KeepAsync(connection, [.. done.Zip(counted, (e, word) => (e.Attempt, word.Word))], cancellationToken);
        var failed = byKind[WordKind.Error].Any() ? await failures.TakeAsync(connection, [.. byKind[WordKind.Error]], cancellationToken) : Failed.None;
        var lease = await leases.TakeAsync(connection, words, cancellationToken);

        List<WordAnswer> answers = [.. lease.Answers, .. results.Faults, .. asked.Faults];
        List<HolderWord> ends = [.. results.Whole, .. results.Late, .. byKind[WordKind.Error]];
        var late = await connection.AcksAsync(ends, [.. counted, .. failed.Counted], cancellationToken);
        answers.AddRange(late.Answers);
        if (accepted.Count < byKind[WordKind.Accept].Count() || written < progress.Count || asking.Count > 0)
        {
            answers.AddRange(await StaleAsync(connection, [.. byKind[WordKind.Accept], .. progress, .. asking], ends, cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        // Before the task is offered again, so that it is not offered to who has just refused it.
        failures.Remember(failed);
        if (budgets.IsNeeded)
        {
            aftermath.HaveUsed(UsedWords.Of([.. counted, .. failed.Counted], [.. done.Concat(failed.Ended).Select(e => e.Attempt), .. failed.Returned.Select(r => r.Attempt)]));
        }

        Follow(report.Instance, turns, [.. done, .. failed.Ended, .. lease.Ended], [.. failed.Returned, .. lease.Returned], [.. late.Freed, .. lease.Freed], accepted, written + asked.Asked);
        questions.Tell(asked.Again);
        return new(answers);
    }

    private static Ending Done(HolderWord word) => new(
        Guid.Parse(word.TaskId!), word.Attempt, word.Holder, TaskStatus.Done, Result: NewTask.Json(word.Data), Usage: NewTask.Json(word.Usage), SessionId: word.SessionId);

    private static async Task<List<T>> Some<T>(
        IEnumerable<HolderWord> words, Func<IReadOnlyList<HolderWord>, CancellationToken, Task<List<T>>> take, CancellationToken cancellationToken) =>
        words.ToList() is { Count: > 0 } some ? await take(some, cancellationToken) : [];

    /// <summary>Who accepts, or works on, what is not his any more is told to stop. Who has just ended it need not be.</summary>
    private static async Task<IEnumerable<WordAnswer>> StaleAsync(
        NpgsqlConnection connection, IReadOnlyList<HolderWord> words, IReadOnlyList<HolderWord> ends, CancellationToken cancellationToken)
    {
        var current = await connection.CurrentAsync(words, cancellationToken);
        var over = ends.Select(end => (end.Holder, end.TaskId)).ToHashSet();
        return words
            .Where(word => word.Attempt is { } attempt && !current.Contains((Guid.Parse(word.TaskId!), attempt)) && !over.Contains((word.Holder, word.TaskId)))
            .Select(word => new WordAnswer(word.Holder, word.TaskId!, word.Attempt!.Value))
            .Distinct();
    }

    private void Follow(
        string instance, IReadOnlyList<(HolderWord Word, bool Here)> turns, IReadOnlyList<Ended> ended, IReadOnlyList<Returned> returned,
        IReadOnlyList<(Guid, int)> freed, IReadOnlyCollection<Attempt> accepted, int written)
    {
        foreach (var (word, here) in turns)
        {
            if (here)
            {
                fleet.Here(word.Holder, new(instance, word.Load ?? 0, word.TakesTasks ?? true));
            }
            else
            {
                fleet.Gone([word.Holder]);
            }
        }

        foreach (var attempt in accepted)
        {
            // It may have been given up meanwhile, and its place with it.
            queues.Taken(attempt.Task, attempt.Number, attempt.Agent, attempt.Device);
        }

        aftermath.HaveEnded(ended);
        aftermath.WaitAgain(returned);
        if (freed.Count > 0)
        {
            aftermath.AreFree(freed);
        }

        if (accepted.Count > 0 || written > 0)
        {
            aftermath.Happened();
        }
    }
}
