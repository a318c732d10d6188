using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Redaction;
using Agents.Daemon.Runners;

namespace Agents.Daemon.Work;

/// <summary>People, as one attempt meets them: what they are asked has no secret in it, and is short enough for a frame.</summary>
internal sealed class RunPeople(TaskAttempt attempt, Redactor redactor, Questions questions, Inbox inbox) : IPeople
{
    public Task<Answer> AskAsync(Question question, CancellationToken cancellationToken) => questions.AskAsync(
        attempt,
        question with
        {
            Title = Safe(question.Title, TaskQuestion.MaxTitle) is { Length: > 0 } title ? title : "?",
            Detail = question.Detail is { } detail ? Safe(detail, TaskQuestion.MaxDetail) : null,
            Options = [.. question.Options.Where(option => option.Length > 0).Take(TaskQuestion.MaxOptions).Select(option => Safe(option, TaskQuestion.MaxTitle))],
        },
        cancellationToken);

    public ValueTask<string?> NextAsync(CancellationToken cancellationToken) => inbox.NextAsync(cancellationToken);

    public void Given() => inbox.Given();

    public string? Next() => inbox.Next();

    public bool TryEnd() => inbox.TryEnd();

    private string Safe(string text, int most)
    {
        var safe = redactor.Redact(text).Replace('\0', '\uFFFD');
        return safe.Length <= most ? safe : safe.Cut(most - 1, "…");
    }
}
