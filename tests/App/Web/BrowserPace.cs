namespace Agents.Tests.App.Web;

/// <summary>How long the browser's tasks took, and how much of that was because others had the processors.</summary>
internal static class BrowserPace
{
    /// <summary>For scripts in a page: `slowdown()` does the same small piece of work again and again; `longTasks()` begins to note what takes more than 50 ms, and its `end()` says it.</summary>
    public const string Script =
        """
        const slowdown = async () => {
          const took = [];
          for (let n = 0; n < 60; n++) {
            const start = performance.now();
            for (let i = 0, x = 1; i < 2_000_000; i++) x = (x * 31 + i) % 1_000_003;
            took.push(performance.now() - start);
            await new Promise(requestAnimationFrame);
          }
          took.sort((a, b) => a - b);
          return took[54] / took[0];
        };
        const longTasks = () => {
          const long = [];
          const note = (entries) => entries.forEach(({ duration }) => long.push(duration));
          const observer = new PerformanceObserver((list) => note(list.getEntries()));
          observer.observe({ type: 'longtask' });
          const end = async () => {
            await new Promise(requestAnimationFrame);
            await new Promise(requestAnimationFrame);
            note(observer.takeRecords());
            observer.disconnect();
            return long;
          };
          return { end };
        };
        """;

    /// <summary>Room for one; what a machine does that has nothing else to do stands in docs/performance.md.</summary>
    public static void IsSmooth(string what, double[] longTasks, double slowdown)
    {
        double[] own = [.. longTasks.Select(took => took / Math.Max(1, slowdown)).Where(took => took > 50)];
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}; {longTasks.Length} tasks longer than 50 ms, the longest {longTasks.DefaultIfEmpty().Max():0}; the machine was {slowdown:0.0} times as slow as it can be");
        Assert.True(own.Length <= 1 && own.All(took => took < 200), $"{what}: {string.Join(", ", longTasks)} ms, on a machine that was {slowdown:0.0} times as slow as it can be");
    }
}
