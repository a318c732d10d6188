namespace Agents.Tests.App.Programs;

/// <summary>claude itself, driven by a real daemon.</summary>
[Collection(ProgramsCollection.Name)]
public sealed class ClaudeTests(DrivenPrograms programs) : DrivenProgramTests(programs)
{
    private protected override object Post(DrivenAgent agent, string rule) => DrivenPosts.Claude(Programs, agent.Model, agent.Home, rule, "You are a PIRATE.");

    protected override string Tool => "Bash";
}
