namespace Agents.Tests.App.Programs;

/// <summary>codex itself, by its app-server, driven by a real daemon.</summary>
[Collection(ProgramsCollection.Name)]
public sealed class CodexTests(DrivenPrograms programs) : DrivenProgramTests(programs)
{
    private protected override object Post(DrivenAgent agent, string rule)
    {
        File.WriteAllText(Path.Combine(agent.Home.FullName, "config.toml"), $"""
            model = "stand-in"
            model_provider = "stub"

            [model_providers.stub]
            name = "stub"
            base_url = "{agent.Model.Address}/v1"
            wire_api = "responses"
            env_key = "OPENAI_API_KEY"
            """);
        return new
        {
            runner = "codex",
            role_prompt = "You are a PIRATE.",
            tools = new Dictionary<string, string> { ["shell"] = rule },
            environment = new Dictionary<string, string>
            {
                ["PATH"] = Programs.SearchPath,
                ["HOME"] = agent.Home.FullName,
                ["CODEX_HOME"] = agent.Home.FullName,
                ["OPENAI_API_KEY"] = "a key",
            },
        };
    }

    protected override string Tool => "shell";
}
