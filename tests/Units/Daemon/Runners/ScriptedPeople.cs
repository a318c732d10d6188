using Agents.Daemon.Runners;
using Agents.Daemon.Work;

namespace Agents.Tests.Units.Daemon.Runners;

/// <summary>People who answer all questions in one way, and have said what they had to say before it began.</summary>
internal sealed class ScriptedPeople : IPeople
{
    private readonly Inbox _inbox = new();
    private readonly Answer _answer;

    public ScriptedPeople(Answer answer, params string[] words)
    {
        _answer = answer;
        Array.ForEach(words, word => _inbox.Put(word));
    }

    public List<Question> Asked { get; } = [];

    public Task<Answer> AskAsync(Question question, CancellationToken cancellationToken)
    {
        Asked.Add(question);
        return Task.FromResult(_answer);
    }

    public ValueTask<string?> NextAsync(CancellationToken cancellationToken) => _inbox.NextAsync(cancellationToken);

    public void Given() => _inbox.Given();

    public string? Next() => _inbox.Next();

    public bool TryEnd() => _inbox.TryEnd();
}
