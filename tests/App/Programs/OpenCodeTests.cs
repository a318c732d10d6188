using System.Text.Json;

namespace Agents.Tests.App.Programs;

/// <summary>opencode itself, driven by a real daemon.</summary>
[Collection(ProgramsCollection.Name)]
public sealed class OpenCodeTests(DrivenPrograms programs) : DrivenProgramTests(programs)
{
    private protected override object Post(DrivenAgent agent, string rule)
    {
        var config = Path.Combine(agent.Home.FullName, "opencode.json");
        File.WriteAllText(config, JsonSerializer.Serialize(new
        {
            provider = new
            {
                stub = new
                {
                    npm = "@ai-sdk/openai-compatible",
                    options = new { baseURL = $"{agent.Model.Address}/v1", apiKey = "a key" },
                    models = new { standin = new { cost = new { input = 1, output = 2 }, limit = new { context = 100_000, output = 1_000 } } },
                },
            },
        }));
        return new
        {
            runner = "opencode",
            role_prompt = "You are a PIRATE.",
            provider = new { name = "stub", model = "standin" },
            tools = new Dictionary<string, string> { ["bash"] = rule, ["external_directory"] = "allow" },
            environment = new Dictionary<string, string>
            {
                ["PATH"] = Programs.SearchPath,
                ["HOME"] = agent.Home.FullName,
                ["OPENCODE_CONFIG"] = config,
                ["OPENCODE_DISABLE_MODELS_FETCH"] = "1",
                ["OPENCODE_DISABLE_LSP_DOWNLOAD"] = "1",
            },
        };
    }

    protected override string Tool => "bash";
}
