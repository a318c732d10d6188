using System.Runtime.CompilerServices;
using Agents.Contracts.Scheduler;
using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Daemon.Server;

/// <summary>What happened to a task, and what happens: the server is asked on and answers when there is something.</summary>
internal sealed class TaskEvents(SignedIn server, TimeProvider time)
{
    private const int PageSize = 500;
    private const int WaitSeconds = 20;

    /// <summary>So often in a row it may be away.</summary>
    private const int MostFailures = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="follow">Until the task ends; else what there is.</param>
    public async IAsyncEnumerable<TaskEventView> OfAsync(string task, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (after, failures) = (0L, 0);
        while (true)
        {
            IReadOnlyList<TaskEventView> page;
            try
            {
                page = await server.Api.TaskEventsAsync(task, after, PageSize, follow ? WaitSeconds : 0, server.Credential, cancellationToken) ?? throw Missing(task);
                failures = 0;
            }
            catch (Failure failure) when (follow && failure.ExitCode is ExitCode.Unreachable && ++failures < MostFailures)
            {
                await Task.Delay(Pause, time, cancellationToken);
                continue;
            }

            foreach (var happened in page)
            {
                yield return happened;
                after = happened.Number;
            }

            // A task that is tried again goes on after its end: what matters is where it stands when nothing is left to read.
            if (page.Count < PageSize && (!follow || (page is [] or [.., { Status: not null }] && await HasEndedAsync(task, cancellationToken))))
            {
                yield break;
            }
        }
    }

    public static Failure Missing(string task) => new(ExitCode.Failed, $"There is no task {task}, or it is not yours to see.");

    private async Task<bool> HasEndedAsync(string task, CancellationToken cancellationToken) =>
        TaskStatus.IsEnd((await server.Api.TaskAsync(task, server.Credential, cancellationToken) ?? throw Missing(task)).Status);
}
