using System.Text.Json;
using Agents.Contracts.Scheduler;

namespace Agents.Daemon.Runners;

internal enum Outcome
{
    Done,
    Failed,

    /// <summary>It did not begin, and another may.</summary>
    Refused,
    Quota,
    Auth,

    /// <summary>It ended well and did nothing.</summary>
    EmptyResult,
    Crashed,
}

/// <summary>What a program came to.</summary>
/// <param name="Result">Where it is done.</param>
/// <param name="Error">Else: why, for a person.</param>
/// <param name="SessionId">A conversation that can be continued.</param>
/// <param name="Retryable">Whether another try may help; null leaves it to the outcome.</param>
/// <param name="IsSpent">The conversation is of no more use: it is full, or has no more turns.</param>
/// <param name="Instead">What goes on in its place: it could not begin as it was meant to, or has something more to be told.</param>
internal sealed record RunEnd(
    Outcome Outcome, JsonElement? Result = null, string? Error = null, string? SessionId = null, JsonElement? Usage = null, bool? Retryable = null, bool IsSpent = false,
    IRunner? Instead = null)
{
    public string ErrorKind => Outcome switch
    {
        Outcome.Refused => TaskErrorKind.Refused,
        Outcome.Quota => TaskErrorKind.Quota,
        Outcome.Auth => TaskErrorKind.Auth,
        Outcome.EmptyResult => TaskErrorKind.EmptyResult,
        Outcome.Crashed => TaskErrorKind.Crashed,
        _ => TaskErrorKind.Failed,
    };
}
