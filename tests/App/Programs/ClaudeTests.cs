namespace Agents.Tests.App.Programs;

/// <summary>claude itself, driven by a real daemon.</summary>
[Collection(ProgramsCollection.Name)]
public sealed class ClaudeTests(DrivenPrograms programs) : DrivenProgramTests(programs)
{
    private protected override object Post(DrivenAgent agent, string rule) => new
    {
        runner = "claude",
        role_prompt = "You are a PIRATE.",
        tools = new Dictionary<string, string> { ["Bash"] = rule },
        environment = new Dictionary<string, string>
        {
            ["PATH"] = Programs.SearchPath,
            ["HOME"] = agent.Home.FullName,
            ["ANTHROPIC_BASE_URL"] = agent.Model.Address,
            ["ANTHROPIC_API_KEY"] = "a key",
            ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1",
        },
    };

    protected override string Tool => "Bash";
}
