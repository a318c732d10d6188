using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>A real browser, the distribution's own: nothing is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Skips, loudly and with what to do, where there is none.</summary>
    public static async Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        var program = Places.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "NOT TESTED: there is no Chromium here. Get it by: apt-get install -y chromium");
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            // What it keeps for its user goes into the tests' own folder, not into somebody's home.
            Env = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
                .Select(variable => KeyValuePair.Create((string)variable.Key, (string)variable.Value!))
                .Where(variable => !variable.Key.StartsWith("XDG_", StringComparison.Ordinal) && variable.Key != "HOME")
                .Append(new("HOME", Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "data", "chromium")).FullName)),
            // As root, and without looking up anybody's hosts: these pages come from this machine alone.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }
}
