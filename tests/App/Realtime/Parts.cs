using System.Diagnostics;
using System.Globalization;
using Agents.Tests.App.Hosting;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>The processes behind the parts of the application.</summary>
internal static class Parts
{
    private static readonly TimeSpan BackLimit = TimeSpan.FromSeconds(30);

    public static int Find(string part) => FindAll(part).Single();

    /// <summary>Its replicas.</summary>
    public static IReadOnlyList<int> FindAll(string part) =>
        [.. ProcessTree.Below(Environment.ProcessId).Where(id => ProcessTree.CommandLine(id).Contains($"Agents.{part}.dll", StringComparison.OrdinalIgnoreCase))];

    public static void Kill(string part) => Process.GetProcessById(Find(part)).Kill();

    /// <summary>It answers again, and it is another process than the one that was killed.</summary>
    public static Task BackAsync(AgentsApp app, string part) => Eventually.TrueAsync(
        async () =>
        {
            using var http = app.App.CreateHttpClient(part);
            try
            {
                return (await http.GetAsync("/alive", TestContext.Current.CancellationToken)).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        BackLimit,
        $"{part} is back");

    /// <summary>What it has of the machine's memory, in MiB.</summary>
    public static int ResidentMiB(string part) => File.ReadLines($"/proc/{Find(part)}/status")
        .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(line => int.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
        .Single();
}
