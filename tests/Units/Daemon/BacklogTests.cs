using Agents.Contracts.Realtime;
using Agents.Daemon.Link;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Tests.Units.Daemon;

public sealed class BacklogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ccc-backlog-");
    private readonly List<Backlog> _all = [];

    private string File => Path.Combine(_folder.FullName, "backlog");

    [Fact(DisplayName = "At whatever byte it was killed, all that was written whole before it is there again, in its order")]
    public void Torn()
    {
        byte[][] lines = [.. Enumerable.Range(0, 4).Select(n => BacklogText.Line(Progress(n, $"Zeile {n} ✓ \\n")))];
        byte[] whole = [.. lines.SelectMany(line => line)];
        for (var length = 0; length <= whole.Length; length++)
        {
            var ends = 0;
            var complete = lines.TakeWhile(line => (ends += line.Length) <= length).Count();
            Assert.Equal(Enumerable.Range(0, complete).Select(n => $"Zeile {n} ✓ \\n"), BacklogText.Read(whole.AsSpan(0, length)).Select(Text));
        }

        whole[lines[0].Length + 30] ^= 1;
        Assert.Equal(["Zeile 0 ✓ \\n", "Zeile 2 ✓ \\n", "Zeile 3 ✓ \\n"], BacklogText.Read(whole).Select(Text));
    }

    [Fact(DisplayName = "What waits without a connection is there for the next daemon, oldest words given way; what has gone is not")]
    public async Task Again()
    {
        var first = NewOutbox();
        for (var n = 0; n < Outbox.MostProgress + 4; n++)
        {
            first.TryPut(Progress(n, $"{n}"));
        }

        first.TryPut(new(FrameType.Metrics, "{}"u8.ToArray()));
        first.TryPut(new(FrameType.DeviceUpdate, "{}"u8.ToArray()));

        var second = NewOutbox();
        Assert.Equal("4", Text(await second.FirstAsync(TestContext.Current.CancellationToken)));
        second.Connected();
        Assert.True(System.IO.File.Exists(File));
        Assert.Equal([.. Enumerable.Range(4, Outbox.MostProgress).Select(n => $"{n}"), FrameType.Metrics], (await AllAsync(second)).Select(frame => frame.Type is FrameType.Metrics ? frame.Type : Text(frame)));
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact(DisplayName = "A connection that breaks before all has gone leaves what has not, and with one nothing is written")]
    public async Task Breaks()
    {
        var outbox = NewOutbox();
        outbox.TryPut(Progress(1, "one"));
        outbox.Connected();
        outbox.TryPut(Progress(2, "two"));
        outbox.Remove(await outbox.FirstAsync(TestContext.Current.CancellationToken));
        Assert.False(System.IO.File.Exists(File));
        outbox.Disconnected();

        Assert.Equal(["two"], (await AllAsync(NewOutbox())).Select(Text));
    }

    [Fact(DisplayName = "Where it has grown too long it is written anew, with what has not given way")]
    public void Bounded()
    {
        var outbox = NewOutbox(longest: 10_000);
        for (var n = 0; n < 2_000; n++)
        {
            outbox.TryPut(Progress(n, $"{n}"));
        }

        Assert.InRange(new FileInfo(File).Length, 1, 30_000);
        Assert.Equal("1999", BacklogText.Read(System.IO.File.ReadAllBytes(File)).Select(Text).Last());
    }

    [Fact(DisplayName = "Where the disk can't be written it waits in memory")]
    public async Task NoDisk()
    {
        System.IO.File.WriteAllText(Path.Combine(_folder.FullName, "file"), "");
        var outbox = new Outbox(backlog: new(Path.Combine(_folder.FullName, "file", "backlog"), NullLogger.Instance));
        outbox.TryPut(Progress(1, "one"));
        outbox.Connected();

        Assert.Equal("one", Text(await outbox.FirstAsync(TestContext.Current.CancellationToken)));
    }

    public void Dispose()
    {
        _all.ForEach(one => one.Dispose());
        _folder.Delete(recursive: true);
    }

    private Outbox NewOutbox(long longest = Backlog.Longest)
    {
        var backlog = new Backlog(File, NullLogger.Instance, longest);
        _all.Add(backlog);
        return new(backlog: backlog);
    }

    private static OutFrame Progress(int seq, string text) => OutFrame.Of(
        FrameType.TaskProgress, new("t", 1, seq, "text", System.Text.Json.JsonSerializer.SerializeToElement(text)), Agents.Daemon.DaemonJson.Wire.TaskProgress);

    private static string Text(OutFrame frame) => System.Text.Json.JsonElement.Parse(frame.Payload).GetProperty("data").GetString()!;

    private static async Task<List<OutFrame>> AllAsync(Outbox outbox)
    {
        List<OutFrame> all = [];
        while (outbox.FirstAsync(CancellationToken.None) is { IsCompleted: true } next)
        {
            all.Add(await next);
            outbox.Remove(all[^1]);
        }

        return all;
    }
}
