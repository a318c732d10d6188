using System.Text;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Groups;

/// <summary>One of a group plans, the others do what it hands out, and it joins their parts. Pure.</summary>
internal static class Leading
{
    private const int MaxParts = 100;

    /// <summary>So that what a lead is to join still fits into a frame.</summary>
    private const int MostOfAllParts = 32 * 1024;

    public static Part Plan(Group group, string? prompt) => new(group.Lead!, GroupRole.Plan,
        $$"""
        You lead a group of agents that works on this task:

        {{prompt}}

        The agents, yourself included: {{string.Join(", ", group.Agents)}}.
        Answer with nothing but a JSON object that says who does what, at most {{MaxParts}} parts:
        {"tasks":[{"agent_id":"...","prompt":"..."}]}
        Each part is done without knowledge of the others. Their results come back to you to be joined.
        """);

    public static GroupTurn Of(Group group, string? prompt, IReadOnlyList<GroupTask> tasks)
    {
        if (tasks.FirstOrDefault(task => task.Role is GroupRole.Join) is { } join)
        {
            return join switch
            {
                { HasEnded: false } => new GroupTurn.Wait(),
                { IsDone: false } => GroupTurn.NotDone(join),
                _ => new GroupTurn.Done(GroupTurn.Json(new
                {
                    strategy = GroupStrategy.Lead,
                    lead = group.Lead,
                    result = join.Result,
                    members = tasks.Where(task => task.Role is GroupRole.Part).Select(GroupTurn.Shown),
                })),
            };
        }

        if (tasks.Where(task => task.Role is GroupRole.Part).ToList() is { Count: > 0 } parts)
        {
            return parts.All(part => part.HasEnded) ? new GroupTurn.HandOut([Join(group, prompt, parts)]) : new GroupTurn.Wait();
        }

        return tasks.FirstOrDefault(task => task.Role is GroupRole.Plan) switch
        {
            null => new GroupTurn.HandOut([Plan(group, prompt)]),
            { HasEnded: false } => new GroupTurn.Wait(),
            { IsDone: false } plan => GroupTurn.NotDone(plan),
            var plan => Read(group, plan.Result),
        };
    }

    /// <summary>The plan as it came: an object, or a text with one in it, as programs answer that talk.</summary>
    internal static GroupTurn Read(Group group, JsonElement? result)
    {
        var (parts, wrong) = PlanOf(result) is { } plan ? PartsOf(group, plan) : ([], "it has no JSON object with tasks");
        return wrong is null ? new GroupTurn.HandOut(parts) : new GroupTurn.Fail(TaskErrorKind.BadOutput, $"The plan of {group.Lead} can't be followed: {wrong}.");
    }

    private static Part Join(Group group, string? prompt, IReadOnlyList<GroupTask> parts)
    {
        var each = MostOfAllParts / parts.Count;
        var text = new StringBuilder("Your group has done the parts of this task:\n\n").Append(prompt).Append("\n\nJoin them into one answer. The parts:\n");
        foreach (var part in parts)
        {
            var said = part.IsDone ? TextOf(part.Result) : $"It did not get done: {part.Error?.Message}";
            text.Append("\n--- ").Append(part.Agent).Append(" ---\n").Append(said.Cut(each, "… (cut)")).Append('\n');
        }

        return new(group.Lead!, GroupRole.Join, text.ToString());
    }

    private static (IReadOnlyList<Part> Parts, string? Wrong) PartsOf(Group group, JsonElement plan)
    {
        List<Part> parts = [];
        foreach (var task in plan.EnumerateArray())
        {
            if (task.ValueKind is not JsonValueKind.Object
                || !task.TryGetProperty("agent_id", out var agent) || agent.ValueKind is not JsonValueKind.String
                || !task.TryGetProperty("prompt", out var prompt) || prompt.ValueKind is not JsonValueKind.String)
            {
                return ([], $"part {parts.Count + 1} has no agent_id and prompt");
            }

            if (!group.Agents.Contains(agent.GetString()!))
            {
                return ([], $"{agent.GetString()} is not of the group");
            }

            parts.Add(new(agent.GetString()!, GroupRole.Part, prompt.GetString()!));
        }

        return parts.Count is 0 or > MaxParts ? ([], $"it has {parts.Count} parts, and may have 1 to {MaxParts}") : (parts, null);
    }

    private static JsonElement? PlanOf(JsonElement? result) => result switch
    {
        { ValueKind: JsonValueKind.Object } value when value.TryGetProperty("tasks", out var tasks) => tasks.ValueKind is JsonValueKind.Array ? tasks : null,
        { ValueKind: JsonValueKind.Object } value when value.TryGetProperty("text", out var text) => PlanOf(text),
        { ValueKind: JsonValueKind.String } value => ObjectIn(value.GetString()!) is { } within && within.TryGetProperty("tasks", out _) ? PlanOf(within) : null,
        _ => null,
    };

    private static JsonElement? ObjectIn(string text)
    {
        var (begin, end) = (text.IndexOf('{'), text.LastIndexOf('}'));
        if (begin < 0 || end < begin)
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(text[begin..(end + 1)]);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string TextOf(JsonElement? result) =>
        result is not { } value ? ""
        : value.ValueKind is JsonValueKind.String ? value.GetString()!
        : value.ValueKind is JsonValueKind.Object && value.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String ? text.GetString()!
        : value.GetRawText();
}
