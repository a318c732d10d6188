using Agents.Bench;

namespace Agents.Tests.Units.Bench;

public sealed class BenchOptionsTests
{
    [Fact]
    public void TryParse_Nothing_IsTheStandardFigures()
    {
        Assert.True(BenchOptions.TryParse([], out var options, out _));
        Assert.Equal(new BenchOptions(BenchOptions.Requests), options);
    }

    [Fact]
    public void TryParse_WhatAndOptions_AreTaken()
    {
        Assert.True(BenchOptions.TryParse(["requests", "--connections", "64", "--seconds", "10", "--rounds", "5", "--only", "POST"], out var options, out _));
        Assert.Equal(new BenchOptions(BenchOptions.Requests) { Connections = 64, Turn = TimeSpan.FromSeconds(10), Rounds = 5, Only = "POST" }, options);
    }

    [Fact]
    public void TryParse_Devices_HasItsOwnOptions()
    {
        Assert.True(BenchOptions.TryParse(["devices", "--gateway", "--seconds", "90"], out var options, out _));
        Assert.Equal(new BenchOptions(BenchOptions.Devices) { Count = 8_000, Gateway = true, Turn = TimeSpan.FromSeconds(90) }, options);
    }

    [Theory]
    [InlineData("devices", "--count", "15001")]
    [InlineData("devices", "--rounds", "3")]
    [InlineData("requests", "--count", "3")]
    [InlineData("requests", "--gateway")]
    [InlineData("devices", "--gateway", "--count", "8001")]
    public void TryParse_WhatIsNotMeasuredSo_IsSaid(params string[] args)
    {
        Assert.False(BenchOptions.TryParse(args, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Theory]
    [InlineData("requests", "--help", BenchOptions.Help)]
    [InlineData("long", "--rounds=1", null)]
    [InlineData("long", null, BenchOptions.Long)]
    [InlineData("requets", null, null)]
    [InlineData("--connections", "0", null)]
    [InlineData("--connections", "201", null)]
    [InlineData("--connections", null, null)]
    [InlineData("--seconds", "-1", null)]
    [InlineData("--speed", "3", null)]
    public void TryParse_WhatItDoesNotKnow_IsSaid(string first, string? second, string? what)
    {
        var understood = BenchOptions.TryParse(second is null ? [first] : [first, second], out var options, out var problem);

        Assert.Equal(what is not null, understood);
        Assert.Equal(what ?? "", understood ? options.What : "");
        Assert.Equal(understood, problem.Length == 0);
    }
}
