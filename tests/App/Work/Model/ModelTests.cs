namespace Agents.Tests.App.Work.Model;

/// <summary>docs/protocol.md, held by random steps against the real application.</summary>
public sealed class ModelTests(HastyApp app) : IClassFixture<HastyApp>
{
    [Theory(DisplayName = "Whatever submitters, holders and the machines do, each task goes only where the contract lets it, and ends")]
    [MemberData(nameof(Seeds))]
    public async Task Steps(int seed)
    {
        await using var world = await Setting.MakeAsync(app, seed);
        await new Run(world).DoAsync(ModelSeeds.Steps);
    }

    public static TheoryData<int> Seeds() => ModelSeeds.All();
}
