namespace Agents.Tests.App.Programs;

/// <summary>codex itself, by its app-server, driven by a real daemon.</summary>
[Collection(ProgramsCollection.Name)]
public sealed class CodexTests(DrivenPrograms programs) : DrivenProgramTests(programs)
{
    private protected override object Post(DrivenAgent agent, string rule) => DrivenPosts.Codex(Programs, agent.Model, agent.Home, rule, "You are a PIRATE.");

    protected override string Tool => "shell";
}
