using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;

namespace Agents.Tests.Units.Scheduler;

public sealed class BatchRefsTests
{
    [Fact]
    public void Circular_NoneOrAChain_IsFree() => Assert.Empty(BatchRefs.Circular([Task("a"), Task("b", "a"), Task("c", "b", "a"), Task(null, "c")]));

    [Fact]
    public void Circular_ACircle_AndWhoWaitsForIt() =>
        Assert.Equal([0, 1, 3], BatchRefs.Circular([Task("a", "b"), Task("b", "a"), Task("c"), Task(null, "a")]).Order());

    [Fact]
    public void Circular_OfItself_IsOne() => Assert.Equal([0], BatchRefs.Circular([Task("a", "a")]));

    [Fact]
    public void Circular_UnknownNamesAndIds_AreNotItsBusiness() =>
        Assert.Empty(BatchRefs.Circular([Task("a", "nobody"), new(DependsOn: [Guid.NewGuid().ToString()])]));

    [Fact]
    public void Doubled_SecondOfAName_IsWrong() => Assert.Equal([2], BatchRefs.Doubled([Task("a"), Task(null), Task("a"), Task(null)]));

    [Fact]
    public void Circular_NullAmongTheNames_IsForTheCheckToSay() => Assert.Empty(BatchRefs.Circular([new(Ref: "a", DependsOn: [null!]), new()]));

    private static SubmitTaskRequest Task(string? name, params string[] on) => new(Ref: name, DependsOn: [.. on.Select(each => $"#{each}")]);
}
