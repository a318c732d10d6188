using System.Text.Json.Nodes;
using Agents.Contracts.Posts;

namespace Agents.Posts;

/// <summary>What holds where neither the post nor the agent says anything.</summary>
internal static class Defaults
{
    public const int Concurrency = 1;

    /// <summary>Time and processes are bounded, so that nothing runs for ever; memory, processors and money only where somebody said so.</summary>
    public static JsonObject Tree() => new()
    {
        ["role_prompt"] = "",
        ["skills"] = new JsonArray(),
        ["provider"] = new JsonObject { ["name"] = PostRunner.Claude },
        ["environment"] = new JsonObject(),
        ["limits"] = new JsonObject { ["pids"] = 512, ["timeout"] = 3600, ["idle"] = 900 },
        ["requires"] = new JsonObject { ["capabilities"] = new JsonArray(), ["labels"] = new JsonObject() },
        ["concurrency"] = Concurrency,
        ["working"] = new JsonObject(),
        ["tools"] = new JsonObject { ["*"] = ToolRule.Ask },
        ["on_mention"] = MentionRule.Tell,
    };
}
