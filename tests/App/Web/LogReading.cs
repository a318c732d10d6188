using System.Text.Json;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>A log read from its end to its beginning.</summary>
/// <param name="Mounted">The most entries that were there at once.</param>
/// <param name="Jump">The farthest that what is read was moved by what was put above it, in pixels.</param>
/// <param name="Where">What was read then.</param>
/// <param name="Slowdown">Of the machine, by others that work on it.</param>
internal sealed record LogReading(int Mounted, double Jump, string Where, double[] LongTasks, double Slowdown)
{
    private const string Script =
        "async (first) => {" + BrowserPace.Script +
        """
          const pace = await slowdown();
          const noted = longTasks();
          let where = '';
          const box = document.querySelector('[role=log]');
          const frame = () => new Promise(requestAnimationFrame);
          let [mounted, jump] = [0, 0];
          const limit = performance.now() + 90_000;
          for (;;) {
            const entries = [...box.querySelectorAll('[data-entry]')];
            mounted = Math.max(mounted, entries.length);
            if (entries[0].innerText.split('\n').includes(first) && box.scrollTop === 0) break;
            if (performance.now() > limit) throw new Error(`came only to ${entries[0].innerText}`);
            const read = entries.find((entry) => entry.getBoundingClientRect().bottom > box.getBoundingClientRect().top + 60) ?? entries[0];
            const by = Math.min(300, box.scrollTop);
            const before = read.getBoundingClientRect().bottom;
            box.scrollTo({ top: box.scrollTop - by, behavior: 'instant' });
            await frame();
            await frame();
            const moved = read.getBoundingClientRect().bottom - before - by;
            if (read.isConnected && Math.abs(moved) > jump) {
              jump = Math.abs(moved);
              where = `${read.innerText.slice(0, 30)}, by ${by}, from ${before}, moved ${moved}, at ${box.scrollTop} of ${box.scrollHeight}, first ${entries[0].innerText.slice(0, 20)}`;
            }
          }
          return { mounted, jump, where, longTasks: await noted.end(), slowdown: Math.max(pace, await slowdown()) };
        }
        """;

    public static async Task<LogReading> BackAsync(IPage page, string firstWord) =>
        (await page.EvaluateAsync<JsonElement>(Script, firstWord)).Deserialize<LogReading>(JsonSerializerOptions.Web)!;
}
