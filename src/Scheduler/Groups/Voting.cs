using System.Text.Json;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Groups;

/// <summary>What most of a group answer. Pure.</summary>
internal static class Voting
{
    public static GroupTurn Of(IReadOnlyList<GroupTask> tasks)
    {
        var votes = tasks.Where(task => task.IsDone).Select(task => (Task: task, Choice: ChoiceOf(task.Result))).ToList();
        var counted = votes.GroupBy(vote => vote.Choice).Select(choice => (choice.Key, Count: choice.Count())).OrderByDescending(choice => choice.Count).ToList();
        var open = tasks.Count(task => !task.HasEnded);
        var (most, next) = (counted.FirstOrDefault().Count, counted.Skip(1).FirstOrDefault().Count);
        if (most > next + open)
        {
            return new GroupTurn.Done(GroupTurn.Json(new
            {
                strategy = GroupStrategy.Vote,
                choice = counted[0].Key,
                count = most,
                votes = votes.Select(vote => new { agent_id = vote.Task.Agent, task_id = vote.Task.Task, choice = vote.Choice }),
                result = votes.First(vote => vote.Choice == counted[0].Key).Task.Result,
            }));
        }

        return open > 0 ? new GroupTurn.Wait()
            : most == 0 ? new GroupTurn.Fail(TaskErrorKind.Failed, "None of the group voted.")
            : new GroupTurn.Fail(TaskErrorKind.BadOutput, $"The vote is tied: {string.Join(", ", counted.Where(choice => choice.Count == most).Select(choice => $"{most} for {Short(choice.Key)}"))}.");
    }

    /// <summary>What an object calls <c>vote</c>, <c>choice</c> or <c>text</c>, or all of it; upper and lower case and the space around are the same.</summary>
    internal static string ChoiceOf(JsonElement? result)
    {
        if (result is not { } value)
        {
            return "";
        }

        if (value.ValueKind is JsonValueKind.Object)
        {
            foreach (var name in (string[])["vote", "choice", "text"])
            {
                if (value.TryGetProperty(name, out var named))
                {
                    return ChoiceOf(named);
                }
            }
        }

        return value.ValueKind is JsonValueKind.String ? value.GetString()!.Trim().ToUpperInvariant() : JsonSerializer.Serialize(value);
    }

    private static string Short(string choice) => choice.Length <= 60 ? choice : $"{choice[..60]}…";
}
