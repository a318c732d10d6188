using System.Diagnostics;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>An application with two replicas of Scheduler.</summary>
public class TwoSchedulers : HastyApp
{
    private static readonly TimeSpan BackLimit = TimeSpan.FromMinutes(1);

    protected override IReadOnlyList<string> More => ["--replicas", "scheduler=2"];

    protected override void Adapt(IDistributedApplicationTestingBuilder builder)
    {
        RedisServer.Required();
        base.Adapt(builder);
    }

    internal static IReadOnlyList<int> Replicas() => Parts.FindAll("Scheduler");

    internal static void Signal(int pid, string signal) => Process.Start("kill", [$"-{signal}", $"{pid}"]).WaitForExit();

    /// <summary>Both replicas answer, as the gateway sees it.</summary>
    internal static Task BothBackAsync(Api admin) => Eventually.TrueAsync(
        async () => await HealthAsync(admin) is ["healthy", "healthy"], BackLimit, "both replicas are there");

    /// <summary>How each replica is, as the gateway sees it.</summary>
    internal static async Task<string?[]> HealthAsync(Api admin)
    {
        var services = (await admin.GetAsync("/api/v1/system/health")).Data.GetProperty("items").EnumerateArray();
        return [.. services.Single(item => item.Text("name") is "scheduler").GetProperty("replicas").EnumerateArray().Select(replica => replica.Text("status"))];
    }
}
