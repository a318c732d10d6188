using System.Text.Json.Nodes;
using Agents.Contracts.Posts;

namespace Agents.Tests.Units.Contracts;

public sealed class BudgetTests
{
    [Theory]
    [InlineData("""{"concurrency":2}""", 100, 5.0, 1000)]
    [InlineData("""{"limits":{"cpu":2}}""", 100, 5.0, 1000)]
    [InlineData("""{"limits":{"tokens_per_task":7,"cost_per_day":0.25}}""", 7, 0.25, 1000)]
    [InlineData("""{"limits":{"tokens_per_task":null}}""", null, 5.0, 1000)]
    [InlineData("""{"limits":null}""", null, null, null)]
    public void With_WhatAnAgentHasOtherwise_IsAsItsConfigurationHasIt(string overrides, int? task, double? day, int? tokens)
    {
        var post = new Budget(TokensPerTask: 100, TokensPerDay: 1000, CostPerDay: 5);

        Assert.Equal(new Budget(task, null, tokens, (decimal?)day), post.With(Budget.OwnOf(JsonNode.Parse(overrides)!.AsObject())));
    }
}
