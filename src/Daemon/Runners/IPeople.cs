namespace Agents.Daemon.Runners;

/// <summary>What a program wants to know, or wants to be allowed.</summary>
/// <param name="Kind">See <see cref="Contracts.Realtime.QuestionKind"/>.</param>
/// <param name="Default">What holds when nobody answers; null: it does without an answer.</param>
internal sealed record Question(string Kind, string Title, string? Detail, IReadOnlyList<string> Options, string? Default);

/// <param name="InTime">False: nobody answered, and this is what holds then.</param>
internal sealed record Answer(bool Allow, string? Option = null, string? Text = null, string? By = null, bool InTime = true);

/// <summary>Those who follow a run from the server: they can be asked, and say more while it works.</summary>
internal interface IPeople
{
    /// <summary>Waits until somebody answers, or the time for it is over.</summary>
    Task<Answer> AskAsync(Question question, CancellationToken cancellationToken);

    /// <summary>The next thing that somebody says to the program; null when nothing comes any more. Until it is <see cref="Given"/> it keeps the program from ending.</summary>
    ValueTask<string?> NextAsync(CancellationToken cancellationToken);

    /// <summary>The program has got what <see cref="NextAsync"/> brought.</summary>
    void Given();

    /// <summary>What somebody has said already; null where nothing waits.</summary>
    string? Next();

    /// <summary>The program is about to end. False where something waits that it has to be given first; else nothing comes any more.</summary>
    bool TryEnd();

    /// <summary>For a program that is told something between its turns only: what the next one begins with; null where nothing comes any more.</summary>
    string? NextTurn() => Next() ?? (TryEnd() ? null : Next());
}
