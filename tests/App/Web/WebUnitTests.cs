using Agents.Tests.App.Publishing;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Web;

public sealed class WebUnitTests
{
    /// <summary>A quarter of a minute each on a machine that does nothing else.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    [Fact(DisplayName = "The admin's own tests pass, and its code keeps its rules")]
    public async Task Vitest()
    {
        var folder = Path.Combine(AppHostProcess.RepositoryRoot, "src", "Web");

        var output = await Command.SucceedsAsync(Limit, folder, "npm", "test");
        await Command.SucceedsAsync(Limit, folder, "npm", "run", "lint");

        Assert.Matches(@"Tests\s.*passed", output);
    }
}
