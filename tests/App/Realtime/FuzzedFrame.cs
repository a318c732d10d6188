using System.Text;

namespace Agents.Tests.App.Realtime;

/// <summary>Frames that no sane client sends. The same seed makes the same frames.</summary>
internal static class FuzzedFrame
{
    private static readonly string[] Good =
    [
        """{"id":"a","type":"heartbeat","ts":1733000000,"payload":{"agents":[{"agent_id":"x","status":"idle","running":0}]}}""",
        """{"id":"b","type":"agent/status","ts":1733000000,"payload":{"agent_id":"x","status":"busy","cpu":0.5,"memory":1024}}""",
        """{"id":"c","type":"metrics","ts":1733000000,"payload":{"points":[{"name":"cpu","value":1.5,"ts":1733000000.5,"labels":{"a":"b"}}]}}""",
        """{"id":"d","type":"agent/register","ts":1733000000,"payload":{"id":"","name":"n"},"sig":"x"}""",
    ];

    private static readonly string[] Odd = ["null", "1e400", "-1", "99999999999999999999", "\"\\u0000\"", "[]", "{}", "{\"a\":[[[[[[[[1]]]]]]]]}", "true"];

    public static byte[] Next(Random random) => random.Next(200) switch
    {
        0 => Flipped(random),
        1 => Noise(random, random.Next(1, 200)),
        2 => Encoding.UTF8.GetBytes(Deep(random)),
        < 80 => Encoding.UTF8.GetBytes($"{{\"type\":\"{random.Next()}/x\"}}"),
        < 140 => Encoding.UTF8.GetBytes(Pick(Good, random).Replace("1733000000", Pick(Odd, random), StringComparison.Ordinal)),
        _ => Encoding.UTF8.GetBytes(Pick(Good, random).Replace("\"x\"", Pick(Odd, random), StringComparison.Ordinal)),
    };

    /// <summary>Nested, and never closed.</summary>
    private static string Deep(Random random) => "{\"type\":\"metrics\",\"payload\":" + string.Concat(Enumerable.Repeat("{\"a\":", random.Next(1, 300)));

    private static byte[] Flipped(Random random)
    {
        var frame = Encoding.UTF8.GetBytes(Pick(Good, random));
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            frame[random.Next(frame.Length)] = (byte)random.Next(256);
        }

        return frame;
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private static string Pick(string[] of, Random random) => of[random.Next(of.Length)];
}
