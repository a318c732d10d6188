using System.Text.Json;
using Agents.Contracts.Scheduler;
using Agents.Daemon.State;
using Agents.Daemon.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Tests.Units.Daemon;

public sealed class SpoolTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("ccc-spool-");

    private Folders Folders => new(Path.Combine(_home.FullName, "c"), Path.Combine(_home.FullName, "s"));

    [Fact]
    public void Keep_AnotherDaemonComes_FindsAllInTheirOrder()
    {
        var spool = Open();
        foreach (var task in new[] { "c", "a", "b" })
        {
            spool.Keep(Failed(task));
        }

        spool.Acknowledged(new("a", 1));
        var next = Open();
        next.Keep(Failed("d"));

        Assert.Equal(["c", "b", "d"], next.Waiting.Select(one => one.Attempt.TaskId));
        Assert.Equal("why c", next.Read(next.Waiting[0].Number)!.Error!.Error);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(Folders.SpoolFolder)[0]));
        }
    }

    [Fact]
    public void Open_ARecordCutAtAnyByte_IsDroppedAlone()
    {
        var spool = Open();
        spool.Keep(Failed("whole"));
        spool.Keep(Failed("torn"));
        var path = Directory.GetFiles(Folders.SpoolFolder).Order().Last();
        var bytes = File.ReadAllBytes(path);

        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Equal(["whole"], Open().Waiting.Select(one => one.Attempt.TaskId));
        }

        bytes[^3] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Single(Open().Waiting);
    }

    [Fact]
    public void Open_WhatWasNotFinished_IsGone()
    {
        var spool = Open();
        spool.Keep(Failed("whole"));
        File.WriteAllText(Path.Combine(Folders.SpoolFolder, "000000000002.ccc.77.new"), "half");
        File.WriteAllText(Path.Combine(Folders.SpoolFolder, "000000000002.json"), "content without its record");

        Assert.Single(Open().Waiting);
        Assert.Single(Directory.GetFiles(Folders.SpoolFolder));
    }

    [Fact]
    public void Keep_TooLongForAFrame_LiesBeside()
    {
        var spool = Open();
        var result = JsonSerializer.SerializeToElement(new string('x', ContentRef.LongestInline));
        spool.Keep(new("t", 1, Result: new("t", 1, result)));

        var record = Open().Read(1)!;

        Assert.Equal((true, null), (record.HasContent, record.Result!.Result));
        using var content = spool.Content(1);
        Assert.Equal(result.GetRawText(), new StreamReader(content).ReadToEnd());
        spool.Acknowledged(new("t", 1));
        Assert.Empty(Directory.GetFiles(Folders.SpoolFolder));
    }

    [Fact]
    public void Due_WhatGoesAndWhatWasSentJustNow_Waits()
    {
        var now = TimeSpan.FromSeconds(100);
        var stands = new Dictionary<long, SpoolStand>
        {
            [1] = new(SpoolStage.Sent, now - SpoolTurns.Patience),
            [2] = new(SpoolStage.Sent, now - TimeSpan.FromSeconds(9)),
            [3] = new(SpoolStage.Goes, TimeSpan.Zero),
        };

        Assert.Equal([1, 4, 5], SpoolTurns.Due([1, 2, 3, 4, 5], stands, now));
    }

    [Fact]
    public void Due_Thousands_OnlyTheOldestGo() =>
        Assert.Equal(Enumerable.Range(0, SpoolTurns.Window).Select(n => (long)n), SpoolTurns.Due(Enumerable.Range(0, 5_000).Select(n => (long)n), new Dictionary<long, SpoolStand>(), TimeSpan.Zero));

    public void Dispose() => _home.Delete(recursive: true);

    private Spool Open() => new(Folders, new(Folders, new()), NullLogger.Instance);

    private static SpoolRecord Failed(string task) => Verdict.Failed(new(task, 1), TaskErrorKind.Failed, $"why {task}", null, null, null);
}
