using System.Text.Json;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>What a browser does while somebody scrolls through a long list and back.</summary>
/// <param name="Rows">As far as it went.</param>
/// <param name="Mounted">The most rows that were there at once.</param>
/// <param name="LongTasks">Milliseconds of each task of the browser that took more than 50.</param>
/// <param name="Slowdown">Of the machine, by others that work on it.</param>
internal sealed record Scrolling(int Rows, int Mounted, double[] LongTasks, double Slowdown)
{
    private const int Step = 700;

    private const string Script =
        "async ([box, row, height, rows, step]) => {" + BrowserPace.Script +
        """
          const before = await slowdown();
          const noted = longTasks();
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
          return { rows: Math.floor(seen), mounted, longTasks: await noted.end(), slowdown: Math.max(before, await slowdown()) };
        }
        """;

    public static async Task<Scrolling> ThroughAsync(IPage page, string box, string row, int height, int rows)
    {
        await page.Locator($"{box} {row}").Nth(5).WaitForAsync();
        var read = await page.EvaluateAsync<JsonElement>(Script, new object[] { box, row, height, rows, Step });
        return read.Deserialize<Scrolling>(JsonSerializerOptions.Web)!;
    }

    public void IsSmooth(string what)
    {
        Assert.InRange(Mounted, 10, 80);
        BrowserPace.IsSmooth($"{what}: {Rows} rows, {Mounted} of them at once", LongTasks, Slowdown);
    }
}
