using System.Text.Json.Nodes;
using Agents.Contracts.Realtime;
using Agents.Daemon.Runners;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Mcp.Tools;

/// <summary>What people are asked, and what they are told of the work.</summary>
internal sealed class PeopleTools(McpRun run)
{
    private const int MostOpen = 5;
    private const int LongestProgress = 2_000;

    /// <summary>Programs give a call up that takes much longer.</summary>
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(45);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<Answer>> _asked = new(StringComparer.Ordinal);

    public IEnumerable<RunTool> All =>
    [
        RunTool.Of(
            "ask_person",
            "Asks the people who look after this task, and waits for the answer. Ask only what you can't find out or decide yourself. If nobody has answered after 45 seconds you get a question_id: "
            + "call ask_person again with it alone to wait on, up to 15 minutes in all.",
            """
            {"question":{"type":"string"},
             "options":{"type":"array","items":{"type":"string"},"maxItems":20,"description":"What may be answered; left out, anything."},
             "question_id":{"type":"string","description":"Wait on for a question that was asked before."}}
            """,
            [], AskAsync),
        RunTool.Of(
            "report_progress", "Tells those who follow this task how far you are, in a sentence.",
            """
            {"text":{"type":"string"},
             "percent":{"type":"integer","minimum":0,"maximum":100}}
            """,
            ["text"], Report),
    ];

    private async Task<string> AskAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var (id, answering) = Find(arguments);
        Answer answer;
        try
        {
            answer = await answering.WaitAsync(WaitLimit, run.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new JsonObject { ["answered"] = false, ["question_id"] = id, ["note"] = "Nobody has answered yet. Call ask_person with this question_id to wait on." }.ToJsonString();
        }

        lock (_lock)
        {
            _asked.Remove(id);
        }

        return answer.InTime
            ? new JsonObject { ["answered"] = true, ["answer"] = answer.Option ?? answer.Text ?? (answer.Allow ? "yes" : "no"), ["text"] = answer.Text, ["by"] = answer.By }.ToJsonString()
            : throw new ToolFault("Nobody answered in time, or there is nobody who could. Go on with what you think is best, and say so in your result.");
    }

    private (string Id, Task<Answer> Answering) Find(ToolArguments arguments)
    {
        lock (_lock)
        {
            if (arguments.OptionalText("question_id", 64) is { } known)
            {
                return _asked.TryGetValue(known, out var open) ? (known, open) : throw new ToolFault("There is no open question of this question_id: it was answered, or its time is over.");
            }

            if (_asked.Count >= MostOpen)
            {
                throw new ToolFault($"You have {MostOpen} questions open already. Wait for one of them by its question_id.");
            }

            var question = new Question(
                QuestionKind.Question, arguments.Text("question", TaskQuestion.MaxDetail), null, arguments.Texts("options", TaskQuestion.MaxOptions, TaskQuestion.MaxTitle), null);
            if (question.Title.Length > TaskQuestion.MaxTitle)
            {
                question = question with { Detail = question.Title };
            }

            var id = Guid.NewGuid().ToString("N")[..8];
            // It stays asked when this call is over; with the run it ends.
            return (id, _asked[id] = run.People.AskAsync(question, run.Over));
        }
    }

    private Task<string> Report(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var said = new JsonObject { ["text"] = arguments.Text("text", LongestProgress) };
        if (arguments.OptionalNumber("percent", 0, 100) is { } percent)
        {
            said["percent"] = percent;
        }

        run.Voice.Say("status", said.Element());
        return Task.FromResult("It is told.");
    }
}
