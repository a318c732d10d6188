using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Npgsql;

namespace Agents.Scheduler.ByHttp;

/// <summary>
/// What an agent says by HTTP, said as a socket's words are, and by the same rules. What was taken by HTTP is named with each
/// word, which is its lease: no socket's list speaks for it.
/// </summary>
internal sealed class WordsByHttp(NpgsqlDataSource postgres, Words words)
{
    /// <summary>No Realtime brought them, and they tell of none.</summary>
    private const string ByNobody = "";

    public async Task AcceptAsync(Guid task, int attempt, string holder, CancellationToken cancellationToken)
    {
        var held = await postgres.AttemptAsync(task, attempt, cancellationToken);
        await TakeAsync([new(WordKind.Accept, holder, held?.Connection ?? "", task.ToString(), attempt), .. Lives(task, attempt, holder)], cancellationToken);
    }

    public async Task<WorkSaid> ProgressAsync(
        Guid task, int attempt, HeldAttempt held, IReadOnlyList<ProgressItem> items, CancellationToken cancellationToken)
    {
        var (holder, connection) = HolderOf(task, attempt, held);
        List<HolderWord> said = [.. Lives(task, attempt, holder)];
        if (HolderKey.IsUnreachable(holder))
        {
            // After its lease it goes on, where nobody else was given it: before its words, so that they count.
            said.Add(new(WordKind.Accept, holder, connection, task.ToString(), attempt));
        }

        said.AddRange(items.Select(item => new HolderWord(
            WordKind.Progress, holder, connection, task.ToString(), attempt, Seq: item.Seq, What: item.Kind, Data: item.Data, Percent: item.Percent)));
        await TakeAsync(said, cancellationToken);

        return await postgres.StandAsync(task, cancellationToken) switch
        {
            { IsStopping: true } stand when stand.IsRunning(holder, attempt) => new(true, Contracts.Realtime.CancelReason.Budget, true, stand.Seconds),
            { IsMoving: true } stand when stand.IsRunning(holder, attempt) => new(true, Contracts.Realtime.CancelReason.Moved, true, stand.Seconds),
            { } stand when stand.IsRunning(holder, attempt) => new(true),
            { } stand when stand.Attempt > attempt => new(false, AckReason.Superseded, true, CancelTaskRequest.DefaultGrace),
            null => new(false, AckReason.Unknown, true, CancelTaskRequest.DefaultGrace),
            _ => new(false, AckReason.Ended, true, CancelTaskRequest.DefaultGrace),
        };
    }

    public Task<WordAnswer> ResultAsync(Guid task, HeldAttempt held, TaskResultRequest result, CancellationToken cancellationToken)
    {
        var (holder, connection) = HolderOf(task, result.Attempt!.Value, held);
        return EndAsync(
            new(
                WordKind.Result, holder, connection, task.ToString(), result.Attempt, Data: result.Result, SessionId: result.SessionId, Usage: result.Usage,
                ResultRef: result.ResultRef),
            cancellationToken);
    }

    public Task<WordAnswer> ErrorAsync(Guid task, HeldAttempt held, TaskErrorRequest error, CancellationToken cancellationToken)
    {
        var (holder, connection) = HolderOf(task, error.Attempt!.Value, held);
        return EndAsync(
            new(
                WordKind.Error, holder, connection, task.ToString(), error.Attempt, What: error.Kind, Error: error.Message, Retryable: error.Retryable,
                SessionId: error.SessionId, Usage: error.Usage),
            cancellationToken);
    }

    /// <summary>Who had it, or, where nobody has it any more, who it would be.</summary>
    public static (string Holder, string Connection) HolderOf(Guid task, int attempt, HeldAttempt held) =>
        (held.Holder ?? HolderKey.OfWork(held.Agent, task, attempt), held.Connection ?? "");

    /// <summary>Of what came by a socket the list is the socket's.</summary>
    private static IEnumerable<HolderWord> Lives(Guid task, int attempt, string holder) =>
        [new(WordKind.Lease, holder, "", Running: HolderKey.IsUnreachable(holder) ? [new(task.ToString(), attempt)] : null)];

    private async Task<WordAnswer> EndAsync(HolderWord end, CancellationToken cancellationToken)
    {
        var answer = (await TakeAsync([end], cancellationToken)).Items.First(answer => answer.Accepted is not null || answer.Fault is not null);
        if (answer.Accepted is true && HolderKey.IsUnreachable(end.Holder))
        {
            // It was for this attempt alone, which is settled for good. What is left of others the sweep finds.
            await postgres.ForgetAsync(end.Holder, cancellationToken);
        }

        return answer;
    }

    private Task<WordAnswers> TakeAsync(IReadOnlyList<HolderWord> said, CancellationToken cancellationToken) =>
        words.TakeAsync(new(ByNobody, said), cancellationToken);
}
