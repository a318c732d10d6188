namespace Agents.Tests.App.Programs;

/// <summary>What a post says so that a real program talks to the model that stands in, and keeps what it remembers in a home of a test's own.</summary>
internal static class DrivenPosts
{
    /// <param name="rule">For what runs commands.</param>
    public static object Claude(DrivenPrograms programs, ModelStandIn model, DirectoryInfo home, string rule, string? role = null) => new
    {
        runner = "claude",
        role_prompt = role,
        tools = new Dictionary<string, string> { ["Bash"] = rule },
        environment = new Dictionary<string, string>
        {
            ["PATH"] = programs.SearchPath,
            ["HOME"] = home.FullName,
            ["ANTHROPIC_BASE_URL"] = model.Address,
            ["ANTHROPIC_API_KEY"] = "a key",
            ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1",
        },
    };

    public static object Codex(DrivenPrograms programs, ModelStandIn model, DirectoryInfo home, string rule, string? role = null)
    {
        File.WriteAllText(Path.Combine(home.FullName, "config.toml"), $"""
            model = "stand-in"
            model_provider = "stub"

            [model_providers.stub]
            name = "stub"
            base_url = "{model.Address}/v1"
            wire_api = "responses"
            env_key = "OPENAI_API_KEY"
            """);
        return new
        {
            runner = "codex",
            role_prompt = role,
            tools = new Dictionary<string, string> { ["shell"] = rule },
            environment = new Dictionary<string, string>
            {
                ["PATH"] = programs.SearchPath,
                ["HOME"] = home.FullName,
                ["CODEX_HOME"] = home.FullName,
                ["OPENAI_API_KEY"] = "a key",
            },
        };
    }
}
