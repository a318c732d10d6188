using System.Text.Json;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>A log read from its end to its beginning.</summary>
/// <param name="Mounted">The most entries that were there at once.</param>
/// <param name="Jump">The farthest that what is read was moved by what was put above it, in pixels.</param>
internal sealed record LogReading(int Mounted, double Jump, double[] LongTasks)
{
    private const string Script =
        """
        async (first) => {
          const long = [];
          new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => long.push(duration))).observe({ type: 'longtask' });
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
            const before = read.getBoundingClientRect().top;
            box.scrollTo({ top: box.scrollTop - by, behavior: 'instant' });
            await frame();
            await frame();
            if (read.isConnected) jump = Math.max(jump, Math.abs(read.getBoundingClientRect().top - before - by));
          }
          return { mounted, jump, longTasks: long };
        }
        """;

    public static async Task<LogReading> BackAsync(IPage page, string firstWord) =>
        (await page.EvaluateAsync<JsonElement>(Script, firstWord)).Deserialize<LogReading>(JsonSerializerOptions.Web)!;
}
