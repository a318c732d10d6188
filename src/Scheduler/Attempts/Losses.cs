using Agents.Contracts.Scheduler;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>An attempt that is over without a word of its holder.</summary>
/// <param name="IsMoving">It was to go on elsewhere, and does so now.</param>
/// <param name="Accepted">Attempts of its task that were accepted, this one included where it was.</param>
internal sealed record Loss(Guid Task, int Attempt, int Accepted, int MaxAttempts, double Backoff, bool IsMoving);

/// <summary>What the loss of an attempt means for its task: another try, or its end.</summary>
internal static class Losses
{
    public static Loss Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetInt32(1), row.GetInt32(2), row.GetInt16(3), row.GetDouble(4), row.GetBoolean(5));

    /// <summary>Of what moves.</summary>
    public static string WithNothing(string why) => $"{why} It goes on elsewhere, with nothing of what was done here.";

    /// <param name="lingers">The program may still run, and its holder is told to stop it: it does not go on.</param>
    public static async Task<(IReadOnlyList<Ended> Ended, IReadOnlyList<Returned> Returned)> LoseAsync(
        this NpgsqlConnection connection, IReadOnlyList<Loss> losses, string kind, string error, bool lingers, TimeSpan lingerFor, CancellationToken cancellationToken)
    {
        List<Ending> endings = [];
        List<Return> returns = [];
        foreach (var loss in losses)
        {
            if (loss.IsMoving && kind is TaskErrorKind.DeviceLost)
            {
                // That it is lost was no try either.
                returns.Add(new(loss.Task, loss.Attempt, kind, WithNothing(error), Lingers: lingers, GivenUp: lingers));
            }
            else if (Retry.After(kind, retryable: null, loss.Accepted, loss.MaxAttempts, loss.Backoff, Random.Shared.NextDouble()) is { } pause)
            {
                returns.Add(new(loss.Task, loss.Attempt, kind, error, pause, Lingers: lingers, GivenUp: lingers));
            }
            else
            {
                endings.Add(new(loss.Task, loss.Attempt, null, TaskStatus.Failed, ErrorKind: kind, Error: error, Lingers: lingers));
            }
        }

        return (
            endings.Count == 0 ? [] : await connection.EndAsync(endings, lingerFor, cancellationToken),
            returns.Count == 0 ? [] : await connection.RequeueAsync(returns, lingerFor, cancellationToken));
    }
}
