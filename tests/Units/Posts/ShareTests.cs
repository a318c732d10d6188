using Agents.Posts.Rollouts;

namespace Agents.Tests.Units.Posts;

public sealed class ShareTests
{
    [Theory]
    [InlineData(1, 10, 1)]
    [InlineData(2, 10, 1)]
    [InlineData(2, 99, 1)]
    [InlineData(10, 10, 1)]
    [InlineData(11, 10, 2)]
    [InlineData(100, 50, 50)]
    [InlineData(100, 100, 100)]
    [InlineData(0, 10, 0)]
    public void Of_LeavesOneToCompareWith(int agents, int percent, int share) => Assert.Equal(share, Share.Of(agents, percent));

    [Fact]
    public void More_GoesOnFromThoseThatHaveIt()
    {
        List<(string Id, bool Online)> agents = [.. Enumerable.Range(0, 20).Select(n => ($"a{n}", n >= 5))];

        var first = Share.More("r", agents, new HashSet<string>(), 50);
        var second = Share.More("r", agents, first.ToHashSet(), 75);

        Assert.Equal((10, 5), (first.Count, second.Count));
        Assert.Empty(first.Intersect(second));
        Assert.All(first, id => Assert.True(agents.Single(agent => agent.Id == id).Online));
        Assert.NotEqual(first, Share.More("another", agents, new HashSet<string>(), 50));
    }
}
