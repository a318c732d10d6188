namespace Agents.Daemon.Work;

/// <summary>Why an attempt ends badly, as the server is told it.</summary>
/// <param name="kind">See <see cref="Contracts.Scheduler.TaskErrorKind"/>.</param>
/// <param name="retryable">Null leaves it to the kind.</param>
internal sealed class WorkFault(string kind, string message, bool? retryable = null) : Exception(message)
{
    public string Kind { get; } = kind;

    public bool? Retryable { get; } = retryable;
}
