using System.Text.Json;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>What a browser does while somebody scrolls through a long list and back.</summary>
/// <param name="Rows">As far as it went.</param>
/// <param name="Mounted">The most rows that were there at once.</param>
/// <param name="LongTasks">Milliseconds of each task of the browser that took more than 50.</param>
internal sealed record Scrolling(int Rows, int Mounted, double[] LongTasks)
{
    private const int Step = 700;

    private const string Script =
        """
        async ([box, row, height, rows, step]) => {
          const long = [];
          const observer = new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => long.push(duration)));
          observer.observe({ type: 'longtask' });
          const element = document.querySelector(box);
          let [mounted, seen] = [0, 0];
          const limit = performance.now() + 60_000;
          const by = async (way) => {
            element.scrollTo({ top: element.scrollTop + way, behavior: 'instant' });
            await new Promise(requestAnimationFrame);
            mounted = Math.max(mounted, element.querySelectorAll(row).length);
            seen = Math.max(seen, (element.scrollTop + element.clientHeight) / height);
            if (performance.now() > limit) throw new Error(`only ${seen} rows were reached`);
          };
          while (seen < rows) await by(step);
          while (element.scrollTop > 0) await by(-4 * step);
          await new Promise((done) => setTimeout(done, 300));
          observer.disconnect();
          return { rows: Math.floor(seen), mounted, longTasks: long };
        }
        """;

    public static async Task<Scrolling> ThroughAsync(IPage page, string box, string row, int height, int rows)
    {
        await page.Locator($"{box} {row}").Nth(5).WaitForAsync();
        var read = await page.EvaluateAsync<JsonElement>(Script, new object[] { box, row, height, rows, Step });
        return read.Deserialize<Scrolling>(JsonSerializerOptions.Web)!;
    }

    /// <summary>With room for a machine that has other work too; what a quiet one does stands in docs/performance.md.</summary>
    public void IsSmooth(string what)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {Rows} rows, {Mounted} of them at once, longer than 50 ms: {LongTasks.Length} [{string.Join(", ", LongTasks)}]");
        Assert.InRange(Mounted, 10, 80);
        Assert.True(LongTasks.Length <= 2 && LongTasks.All(took => took < 200), $"{what}: {string.Join(", ", LongTasks)} ms");
    }
}
