using System.Text.Json;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>Goes through a page by Tab alone: all that can be used is come to, and one sees where one is.</summary>
internal static class KeyWalk
{
    /// <summary>Of a long list the first rows are enough: the others are as they are.</summary>
    private const int Most = 130;

    /// <summary>Within the window that is open. What is led by arrows (tabs, choices) is one stop.</summary>
    private const string Begin =
        """
        () => {
          const dialog = [...document.querySelectorAll('[role=dialog]')].at(-1);
          // In a window the focus is led around by the window.
          if (dialog === undefined) document.activeElement?.blur();
          const canBeUsed = (element) => {
            const { visibility, pointerEvents } = getComputedStyle(element);
            const { width, height } = element.getBoundingClientRect();
            return element.isConnected && width > 0 && height > 0 && visibility === 'visible' && pointerEvents !== 'none' && element.closest('[inert], [aria-hidden=true]') === null;
          };
          const isLed = (element) => element.tabIndex < 0 && element.closest('[role=tablist], [role=radiogroup], [role=listbox], [role=menu]') !== null;
          const isOther = (element) => element.type === 'radio' && !element.checked && [...document.getElementsByName(element.name)].some(({ checked }) => checked);
          const all = [...(dialog ?? document).querySelectorAll('a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]:not([tabindex="-1"])')]
            .filter((element) => canBeUsed(element) && !isLed(element) && !isOther(element));

          // A field shows it by its frame, a choice by what stands beside it, a row's link by the whole row.
          const around = (element) => [element, element.parentElement, element.parentElement?.parentElement, element.closest('[class*=Input-wrapper], [class*=Input-input]')?.firstElementChild, element.nextElementSibling, element.labels?.[0]].filter((one) => one instanceof Element);
          const look = (element) => around(element).flatMap((one) => [getComputedStyle(one), getComputedStyle(one, '::after')])
            .map(({ outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor, transform }) => [outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor, transform].join()).join();
          const before = new Map(all.map((element) => [element, look(element)]));

          // A window begins with the focus on something.
          const seen = new Set(all.filter((element) => element === document.activeElement));
          const unmarked = new Set();
          const come = ({ target }) => {
            if (!seen.has(target) && look(target) === before.get(target)) unmarked.add(target);
            seen.add(target);
          };
          document.addEventListener('focusin', come);

          const nameOf = (element) => `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? element.innerText ?? '').trim().slice(0, 40)}"`;
          const isCovered = (element) => {
            const { x, y, width, height, bottom } = element.getBoundingClientRect();
            const above = document.elementFromPoint(x + width / 2, y + Math.min(height / 2, 20));
            return bottom <= 0 || y >= innerHeight || (above !== null && !around(element).some((one) => one.contains(above) || above.contains(one)));
          };
          window.walk = {
            stops: all.length,
            end: async () => {
              document.removeEventListener('focusin', come);
              const left = all.filter((element) => canBeUsed(element) && !seen.has(element));
              const faults = [...left.map((element) => `does not lead to ${nameOf(element)}`), ...[...unmarked].map((element) => `does not show that it is at ${nameOf(element)}`)];
              for (const element of [...seen].filter(canBeUsed)) {
                element.focus();
                // A list that another field had opened goes a moment later.
                for (let n = 0; n < 20 && isCovered(element); n++) await new Promise((done) => setTimeout(done, 25));
                if (isCovered(element)) faults.push(`is at what is out of sight or under something else, ${nameOf(element)}`);
              }
              return faults;
            },
          };
        }
        """;

    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        await page.EvaluateAsync(Begin);
        var stops = await page.EvaluateAsync<int>("() => walk.stops");
        // What scrolls is a stop as well, and so is the browser's own frame.
        for (var n = 0; n < Math.Min(stops + 25, Most); n++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        var faults = await page.EvaluateAsync<JsonElement>("() => walk.end()");
        return [.. faults.EnumerateArray().Select(fault => fault.GetString()!).Where(fault => stops + 25 <= Most || !fault.StartsWith("does not lead", StringComparison.Ordinal)).Select(fault => $"the keyboard {fault}")];
    }
}
