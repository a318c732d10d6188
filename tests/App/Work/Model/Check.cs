using System.Text.Json;

namespace Agents.Tests.App.Work.Model;

/// <summary>Holds what the API says of a task against the model.</summary>
internal static class Check
{
    /// <summary>Brings the model up to what has happened, and sees that it could happen.</summary>
    public static async Task<JsonElement> CheckAsync(this World world, ModelTask task)
    {
        var known = task.Happenings.Count;
        var seen = await world.GetAsync(task.Owner, $"/api/v1/tasks/{task.Id}");
        await world.FollowAsync(task);

        var (status, attempt) = (seen.GetProperty("status").GetString(), seen.GetProperty("attempt").GetInt32());
        var states = task.Happenings.Where(e => e.Kind == "state").ToList();
        var before = states.FindLastIndex(e => e.Number <= known);
        return states.Skip(Math.Max(before, 0)).Any(e => e.Status == status && e.Attempt == attempt)
            ? seen
            : throw world.Story.Wrong(task, $"is {status} with attempt {attempt}, of which its events know nothing");
    }

    public static async Task FollowAsync(this World world, ModelTask task)
    {
        // What has come to holders meanwhile is known before what the server says of it.
        var events = await world.GetAsync(task.Owner, $"/api/v1/tasks/{task.Id}/events?limit=1000&after={task.Happenings.Count}");
        await world.LookAsync();
        foreach (var on in task.Order.DependsOn)
        {
            await world.FollowAsync(on);
        }

        var known = task.Happenings.Count;
        foreach (var e in events.GetProperty("items").EnumerateArray().Select(Happening.Of).Where(e => e.Number > known))
        {
            if (task.Apply(e, world.Outages) is { } fault)
            {
                world.Story.Fault(task, fault);
            }
        }
    }
}
