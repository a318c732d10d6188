using System.Diagnostics;

namespace Agents.Tests.App.Whole;

/// <summary>For what is true soon but tells nobody when: asked again and again, with a limit.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long it took until it was true.</summary>
    public static async Task<TimeSpan> TrueAsync(Func<Task<bool>> isTrue, TimeSpan limit, string what)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Pause);
        while (!await isTrue())
        {
            Assert.True(watch.Elapsed < limit, $"not within {limit}: {what}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return watch.Elapsed;
    }
}
