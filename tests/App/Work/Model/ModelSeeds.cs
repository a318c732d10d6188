using System.Globalization;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work.Model;

/// <summary>
/// Which runs are made: always the same ones. To run others, for longer, or new ones:
/// <c>MODEL_SEEDS=1,2</c>, <c>MODEL_STEPS=5000</c>, <c>MODEL_MORE=50</c> (so many new ones besides).
/// </summary>
internal static class ModelSeeds
{
    private static readonly int[] Always = [4, 1903, 308, 309];

    public static int Steps { get; } = Asked.Number("MODEL_STEPS") ?? 300;

    public static TheoryData<int> All()
    {
        var asked = Environment.GetEnvironmentVariable("MODEL_SEEDS");
        return asked is { Length: > 0 }
            ? [.. asked.Split(',').Select(seed => int.Parse(seed, CultureInfo.InvariantCulture))]
            : [.. Always, .. Enumerable.Range(0, Asked.Number("MODEL_MORE") ?? 0).Select(_ => Random.Shared.Next())];
    }
}
