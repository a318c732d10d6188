using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Runners;

namespace Agents.Daemon.Work;

/// <summary>What the server is told of an attempt that is over: a result or an error, one of them. Pure.</summary>
internal static class Verdict
{
    /// <summary>A person reads it, and a frame must hold it.</summary>
    private const int LongestError = 8_000;

    /// <param name="halt">Where it was stopped: then that is why, whatever the program made of it.</param>
    /// <param name="end">Null where it did not come to run.</param>
    public static SpoolRecord Of(TaskAttempt attempt, Halt? halt, RunEnd? end, string? sessionId)
    {
        var session = end is { IsSpent: true } ? null : end?.SessionId ?? sessionId;
        return halt is not null ? Failed(attempt, halt.Kind, halt.Message, halt.Retryable, session, end?.Usage)
            : end is { Outcome: Outcome.Done } ? new(attempt.TaskId, attempt.Attempt, Result: new(attempt.TaskId, attempt.Attempt, end.Result, session, end.Usage))
            : end is not null ? Failed(attempt, end.ErrorKind, end.Error ?? "The program did not say why.", end.Retryable, session, end.Usage)
            : throw new InvalidOperationException("An attempt ends for a reason.");
    }

    public static SpoolRecord Of(TaskAttempt attempt, WorkFault fault) => Failed(attempt, fault.Kind, fault.Message, fault.Retryable, null, null);

    public static SpoolRecord Failed(TaskAttempt attempt, string kind, string message, bool? retryable, string? sessionId, JsonElement? usage) => new(
        attempt.TaskId, attempt.Attempt, Error: new(attempt.TaskId, attempt.Attempt, message.Cut(LongestError, " …"), kind, retryable, sessionId, usage));
}
