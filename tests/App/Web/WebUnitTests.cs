using Agents.Tests.App.Publishing;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Web;

public sealed class WebUnitTests
{
    [Fact(DisplayName = "The admin's own tests pass, and its code keeps its rules")]
    public async Task Vitest()
    {
        var folder = Path.Combine(AppHostProcess.RepositoryRoot, "src", "Web");

        var output = await Command.SucceedsAsync(folder, "npm", "test");
        await Command.SucceedsAsync(folder, "npm", "run", "lint");

        Assert.Matches(@"Tests\s.*passed", output);
    }
}
