using System.CommandLine;
using System.Globalization;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;
using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Daemon.Commands;

internal static class RunCommand
{
    private static readonly Argument<string> Prompt = new("prompt") { Description = "What is to be done; - reads it from standard input" };
    private static readonly Option<string?> Post = new("--post") { Description = "For an agent of this post, by its name or id" };
    private static readonly Option<string?> Agent = new("--agent") { Description = "For this agent, by its name or id" };
    private static readonly Option<string?> Urgency = new("--priority") { Description = "urgent, high, normal, low, or a number from -100 to 100" };
    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Show what the agent does until it is done. Where nobody looks, only the result" };
    private static readonly Option<string?> Server = ServerChoice.NewOption();

    public static Command Create(Shell shell)
    {
        var command = new Command("run", "Give an agent something to do. With --follow exit code 0 only where it got done.") { Prompt, Post, Agent, Urgency, Follow, Server };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        using var server = await SignedIn.RequiredAsync(shell.Folders, ServerChoice.Asked(parse.GetValue(Server)), shell.Time, cancellationToken);
        var prompt = parse.GetValue(Prompt) is "-" ? await shell.In.ReadToEndAsync(cancellationToken) : parse.GetValue(Prompt)!;
        var post = parse.GetValue(Post) is { } asked ? await Named.PostAsync(server, asked, cancellationToken) : null;
        var agent = parse.GetValue(Agent) is { } meant ? await Named.AgentAsync(server, meant, cancellationToken) : null;
        var submitted = await server.Api.SubmitAsync(
            new() { Prompt = prompt, PostId = post, AgentId = agent, Priority = PriorityOf(parse.GetValue(Urgency)) }, server.Credential, cancellationToken);
        if (!parse.GetValue(Follow))
        {
            shell.Answer(parse, submitted, DaemonJson.Readable.SubmittedTask, people => people.Line(submitted.TaskId));
            return ExitCode.Ok;
        }

        var following = new TaskFollowing(server, parse, shell);
        var shows = !parse.GetValue(Shell.Json) && !Console.IsOutputRedirected;
        try
        {
            if (shows)
            {
                shell.Note($"Task {submitted.TaskId}");
                await following.ShowAsync(submitted.TaskId, follow: true, cancellationToken);
            }
            else
            {
                await following.WaitAsync(submitted.TaskId, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new Failure(ExitCode.Failed, $"Stopped looking; the task goes on. 'ccc logs {submitted.TaskId} -f' looks on, 'ccc cancel {submitted.TaskId}' ends it.");
        }

        var task = await server.Api.TaskAsync(submitted.TaskId, server.Credential, cancellationToken) ?? throw TaskEvents.Missing(submitted.TaskId);
        shell.Answer(parse, task, DaemonJson.Readable.TaskView, people => Tell(people, task, shows));
        return task.Status is TaskStatus.Done ? ExitCode.Ok : ExitCode.Failed;
    }

    /// <summary>Who has seen it all knows the result.</summary>
    private static void Tell(Shell people, TaskView task, bool seen)
    {
        if (task.Error is { } error)
        {
            people.Note($"ccc: It is {task.Status}: {TaskText.Shown(error.Message)} ({error.Kind})");
        }
        else if (!seen && TaskText.Result(task) is { } result)
        {
            people.Line(result.TrimEnd('\n'));
        }
    }

    private static Priority? PriorityOf(string? text) =>
        text is null ? null
        : Priority.Named(text) ?? (int.TryParse(text, CultureInfo.InvariantCulture, out var value) && value is >= Priority.Min and <= Priority.Max
            ? new Priority(value)
            : throw new Failure(ExitCode.Usage, $"{text} is no priority: urgent, high, normal, low, or a number from -100 to 100."));
}
