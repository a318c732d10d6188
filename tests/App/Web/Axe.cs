using System.Text.Json;
using Agents.Tests.App.Publishing;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>What axe-core, one of the admin's own packages, finds on a page of WCAG 2.2 AA.</summary>
internal static class Axe
{
    private const string Look =
        """
        async () => {
          const { violations } = await axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'],
            rules: { 'target-size': { enabled: true } },
            resultTypes: ['violations'],
          });
          return violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 4).map(({ target, any }) => `${target.join(' ')} (${any[0]?.message ?? ''})`).join(', ')}`);
        }
        """;

    private static readonly string Source = File.ReadAllText(Path.Combine(AppHostProcess.RepositoryRoot, "src", "Web", "node_modules", "axe-core", "axe.min.js"));

    /// <summary>Once for each load of a page.</summary>
    public static Task BringAsync(IPage page) => page.EvaluateAsync(Source);

    /// <summary>Rules that are broken so that somebody is kept out, and where.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        var found = await page.EvaluateAsync<JsonElement>(Look);
        return [.. found.EnumerateArray().Select(rule => rule.GetString()!)];
    }
}
