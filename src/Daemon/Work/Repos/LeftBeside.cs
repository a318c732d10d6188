using System.Text.Json;
using Agents.Daemon.Runners;

namespace Agents.Daemon.Work.Repos;

/// <summary>What a task has left in its repository, told beside what its program came to. Pure.</summary>
internal static class LeftBeside
{
    private const string Field = "work";

    public static RunEnd Of(RunEnd end, WorkLeft? left) =>
        left is null ? end
        : end.Outcome is Outcome.Done || (end.Outcome is Outcome.EmptyResult && left.Branch is not null)
            // Who said nothing and changed something has done something.
            ? end with { Outcome = Outcome.Done, Result = With(end.Result, left), Error = null }
        : left.Branch is null ? end
        : end with { Error = $"{end.Error} What it had changed by then is kept on the branch {left.Branch} of the device's clone of {left.Repo}." };

    private static JsonElement With(JsonElement? result, WorkLeft left)
    {
        var told = ResultObject.Of(result);
        told[Field] = JsonSerializer.SerializeToNode(left, DaemonJson.Wire.WorkLeft);
        return JsonElement.Parse(told.ToJsonString());
    }
}
