using System.Diagnostics;

namespace Agents.Tests.App.Whole;

/// <summary>For what is true soon but tells nobody when: asked again and again, with a limit.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long it took until it was true.</summary>
    public static Task<TimeSpan> TrueAsync(Func<Task<bool>> isTrue, TimeSpan limit, string what) => TrueAsync(isTrue, limit, () => what);

    /// <param name="what">Asked for when it was not true: it may say how it is instead.</param>
    public static async Task<TimeSpan> TrueAsync(Func<Task<bool>> isTrue, TimeSpan limit, Func<string> what)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Pause);
        while (!await isTrue())
        {
            if (watch.Elapsed >= limit)
            {
                Assert.Fail($"not within {limit}: {what()}");
            }

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return watch.Elapsed;
    }
}
