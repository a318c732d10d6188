namespace Agents.Tests.App.Whole;

internal static class RedisServer
{
    /// <summary>Skips, loudly and with what to do, where there is none.</summary>
    public static void Required() => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "redis-server")) || File.Exists(Path.Combine(folder, "valkey-server"))),
        "NOT TESTED: there is no redis-server here. Get it by: apt-get install -y redis-server");
}
