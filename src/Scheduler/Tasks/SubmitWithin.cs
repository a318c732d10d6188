using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Agents.Scheduler.Tasks;

internal static class SubmitWithin
{
    /// <summary>With an Idempotency-Key the tasks are stored in the transaction of the answer, and nobody is told of them before it is committed.</summary>
    public static async Task<Submitted[]?> WithinAsync(
        this Submission submission, IReadOnlyList<NewTask> tasks, AfterSubmit after, SchedulerDb db, HttpContext http, CancellationToken cancellationToken)
    {
        var submitted = await submission.SubmitWithinAsync((NpgsqlConnection)db.Database.GetDbConnection(), tasks, cancellationToken);
        http.Response.OnCompleted(() =>
        {
            after.Stored(tasks, submitted);
            return Task.CompletedTask;
        });
        return submitted;
    }
}
