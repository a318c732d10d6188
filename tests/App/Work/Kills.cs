using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>
/// How much is killed, and how often. For the long run: <c>KILLED_TASKS=10000</c>, <c>KILLED_TIMES=20</c> (kills in all, of one part
/// after the other), <c>KILLED_SCHEDULERS=2</c> (replicas; needs Redis).
/// </summary>
internal static class Kills
{
    public const string Postgres = "postgres";
    public const string Device = "device";

    private static readonly string[] Order = ["Scheduler", "Realtime", "Gateway", Postgres, "Scheduler", Device];

    public static int Tasks { get; } = Asked.Number("KILLED_TASKS") ?? 2_000;

    public static int Times { get; } = Asked.Number("KILLED_TIMES") ?? 5;

    public static int Schedulers { get; } = Asked.Number("KILLED_SCHEDULERS") ?? 1;

    /// <summary>So many tasks are submitted for each kill.</summary>
    public static int Share => Tasks / Times;

    public static string Part(int n) => Order[n % Order.Length];
}
