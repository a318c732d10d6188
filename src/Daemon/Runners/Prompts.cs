using System.Text.Json;
using Agents.Daemon.Runners.Lines;
using Agents.Daemon.Work;

namespace Agents.Daemon.Runners;

/// <summary>What a program is told, in words. Pure.</summary>
internal static class Prompts
{
    private const string ContinuityNote =
        "(This goes on with an earlier conversation that can't be taken up again, so nothing of it is known to you. Work from what is said here and from what you find.)";

    private const string BegunElsewhere =
        "(This was begun on another machine. The files in your working folder are as they were left there; look what is done already before you go on.)";

    private const string GoesOnHere =
        "(You were interrupted: this goes on on another machine now. Your working folder may have another path than before; what you had in it is there. Go on where you stopped.)";

    private const string NobodyAnswered = "(Before that you had asked this, and nobody has answered. Ask again where you still have to know:)";

    /// <summary>The prompt, and the input after it; a text without its quotes.</summary>
    public static string Of(string? prompt, JsonElement? input)
    {
        var said = input switch
        {
            null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { } json => json.GetRawText(),
        };
        return Joined(prompt, said);
    }

    /// <summary>To one that has a conversation of its own, which may be lost.</summary>
    public static string Of(RunnerTask task) => Joined(
        task.IsAfresh && task.Order.SessionId is not null ? ContinuityNote : null,
        task.Unfinished is null ? null : task.SessionId is null ? BegunElsewhere : GoesOnHere,
        task is { Unfinished.PromptTaken: true, SessionId: not null } ? null : Of(task.Prompt, task.Input),
        task.Unfinished is { Unanswered: { Count: > 0 } asked } ? $"{NobodyAnswered}\n{string.Join('\n', asked)}" : null,
        Joined(task.Unfinished?.Untaken ?? []));

    /// <summary>To one that can be told nothing before the first prompt: who it is stands at its beginning.</summary>
    public static string WithRole(RunnerTask task) => task.SessionId is null ? Joined(Role(task.Setup), Of(task)) : Of(task);

    /// <summary>Who it is and what it knows how to do; null where the post says neither.</summary>
    public static string? Role(AgentSetup setup)
    {
        var skills = (setup.Skills ?? []).Select(skill => (Name: skill.TextAt("name"), Text: skill.TextAt("text")))
            .Where(skill => skill is { Name: not null, Text.Length: > 0 }).Select(skill => $"## {skill.Name}\n\n{skill.Text}");
        var role = Joined([setup.RolePrompt, .. skills]);
        return role.Length == 0 ? null : role;
    }

    private static string Joined(params IEnumerable<string?> parts) => string.Join("\n\n", parts.Where(part => part is { Length: > 0 }));
}
