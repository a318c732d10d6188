using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>Stores what is submitted, with what is submitted at the same time.</summary>
internal sealed class SubmitBatcher(NpgsqlDataSource postgres, SubmitWriter writer, AfterSubmit after, TimeProvider time, ILogger<SubmitBatcher> log)
    : CommitBatcher<IReadOnlyList<NewTask>, Submitted[]>(MostWaiting, MostInOne, tasks => tasks.Count, time, log)
{
    private const int MostWaiting = 20_000;
    private const int MostInOne = 500;

    /// <summary>Null: too many wait already. An answer is given after the commit.</summary>
    public async Task<Submitted[]?> SubmitAsync(IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken) =>
        Put(tasks, cancellationToken) is { } answer ? await answer : null;

    protected override async Task<IReadOnlyList<Submitted[]>> StoreAsync(IReadOnlyList<IReadOnlyList<NewTask>> batch, CancellationToken cancellationToken)
    {
        List<NewTask> tasks = [.. batch.SelectMany(one => one)];
        await writer.FindLanesAsync(tasks, cancellationToken);
        Submitted[] submitted;
        await using (var connection = await postgres.OpenConnectionAsync(cancellationToken))
        {
            submitted = await writer.StoreAsync(connection, tasks, cancellationToken);
        }

        after.Stored(tasks, submitted);
        var at = 0;
        return [.. batch.Select(one => submitted[at..(at += one.Count)])];
    }
}
