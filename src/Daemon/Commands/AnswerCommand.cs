using System.CommandLine;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

internal static class AnswerCommand
{
    private static readonly Argument<string> Task = TaskArgument.New();
    private static readonly Argument<string?> Text = new("text") { Description = "The answer, or what is to be said beside it", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Allow = new("--allow") { Description = "What is asked for is allowed" };
    private static readonly Option<bool> Deny = new("--deny") { Description = "It is not" };
    private static readonly Option<string?> Option = new("--option") { Description = "One of the question's options" };
    private static readonly Option<string?> Question = new("--question") { Description = "The question's id, where several are open" };
    private static readonly Option<string?> Server = ServerChoice.NewOption();

    public static Command Create(Shell shell)
    {
        var command = new Command("answer", "Answer what a task asks. Without an answer: show what it asks.") { Task, Text, Allow, Deny, Option, Question, Server };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        var (allow, deny, option, text) = (parse.GetValue(Allow), parse.GetValue(Deny), parse.GetValue(Option), parse.GetValue(Text));
        if (allow && deny)
        {
            throw new Failure(ExitCode.Usage, "Either --allow or --deny.");
        }

        using var server = await SignedIn.RequiredAsync(shell.Folders, ServerChoice.Asked(parse.GetValue(Server)), shell.Time, cancellationToken);
        var task = parse.GetValue(Task)!;
        var asked = await server.Api.QuestionsAsync(task, server.Credential, cancellationToken) ?? throw TaskEvents.Missing(task);
        var open = asked.Items.Where(question => question.IsOpen).ToList();
        if (!allow && !deny && option is null && text is null)
        {
            shell.Answer(parse, asked with { Items = open, Total = open.Count }, DaemonJson.Readable.ListOfQuestionView, people => Tell(people, task, open));
            return ExitCode.Ok;
        }

        var id = parse.GetValue(Question) ?? open switch
        {
            [var only] => only.QuestionId,
            [] => throw new Failure(ExitCode.Failed, $"Task {task} asks nothing just now."),
            _ => throw new Failure(ExitCode.Usage, $"Task {task} asks {open.Count} things: say which by --question. 'ccc answer {task}' shows them."),
        };
        var answered = await server.Api.AnswerAsync(
            task, new(id, allow ? true : deny ? false : null, option, text), server.Credential, cancellationToken);
        shell.Answer(parse, answered, DaemonJson.Readable.AnsweredTask, people => people.Line("Answered."));
        return ExitCode.Ok;
    }

    private static void Tell(Shell people, string task, List<QuestionView> open)
    {
        if (open.Count == 0)
        {
            people.Line($"Task {task} asks nothing just now.");
        }

        foreach (var question in open)
        {
            people.Line(TaskText.Shown($"{question.QuestionId}: {question.Title}"));
            if (question.Detail is { } detail)
            {
                people.Line($"  {TaskText.Shown(detail).ReplaceLineEndings("\n  ")}");
            }

            var left = Durations.Ago(question.ExpiresAt - people.Time.GetUtcNow());
            people.Line(TaskText.Shown($"  {(question.Options is [] ? "in your own words" : string.Join(" | ", question.Options))}; in {left}: {question.Default ?? "no answer"}"));
        }
    }
}
