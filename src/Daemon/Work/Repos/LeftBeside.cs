using System.Text.Json;
using System.Text.Json.Nodes;
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
        var told = result is { ValueKind: JsonValueKind.Object } said ? JsonObject.Create(said)! : [];
        if (result is { ValueKind: not JsonValueKind.Object and not JsonValueKind.Null and not JsonValueKind.Undefined } plain)
        {
            told["text"] = JsonNode.Parse(plain.GetRawText());
        }

        told[Field] = JsonSerializer.SerializeToNode(left, DaemonJson.Wire.WorkLeft);
        return JsonElement.Parse(told.ToJsonString());
    }
}
