using System.Text.Json;
using Agents.Daemon.Runners;
using Agents.Daemon.State;
using Agents.Daemon.Work.Repos;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Tests.Units.Daemon;

/// <summary>What tasks leave in repositories, and how long it stays.</summary>
public sealed class ReposTests : IDisposable
{
    private static readonly WorkLeft Changed = new("r", "b", "ccc/t-1", "c", [new("f", 1, 2)], "diff");

    private readonly ManualTimeProvider _time = new();
    private readonly Folders _folders = new("", Directory.CreateTempSubdirectory("ccc-repos-").FullName);

    [Fact]
    public void Files_Numstat_HasNamesWithAnyLettersAndFilesThatAreNoText() =>
        Assert.Equal([new("a b\n.txt", 1, 20), new("ü", null, null)], WorkChanges.Files("1\t20\ta b\n.txt\0-\t-\tü\0"));

    [Theory]
    [InlineData("{\"text\":\"done\"}", "done")]
    [InlineData("\"done\"", "done")]
    public void Of_Done_HasItBesideTheResult(string result, string text)
    {
        var told = LeftBeside.Of(new(Outcome.Done, JsonElement.Parse(result)), Changed).Result!.Value;

        Assert.Equal(text, told.GetProperty("text").GetString());
        Assert.Equal("ccc/t-1", told.GetProperty("work").GetProperty("branch").GetString());
    }

    [Fact]
    public void Of_NothingSaid_IsDoneWhereSomethingWasChanged()
    {
        var nothing = new RunEnd(Outcome.EmptyResult, Error: "It said nothing.");

        Assert.Equal(Outcome.Done, LeftBeside.Of(nothing, Changed).Outcome);
        Assert.Equal(Outcome.EmptyResult, LeftBeside.Of(nothing, new("r", "b")).Outcome);
        Assert.Equal("It said nothing.", LeftBeside.Of(nothing, new("r", "b")).Error);
    }

    [Fact]
    public void Of_Failed_SaysWhereItIs() =>
        Assert.EndsWith("is kept on the branch ccc/t-1 of the device's clone of r.", LeftBeside.Of(new(Outcome.Failed, Error: "No."), Changed).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData(false, 13, true)]
    [InlineData(false, 31, false)]
    [InlineData(true, 0, false)]
    public async Task Sweep_Clones_GoAfterTheirTimeOrWhereTheDiskIsFull(bool isShort, int days, bool stays)
    {
        var git = new Git(TimeProvider.System);
        var clone = Directory.CreateDirectory(Path.Combine(_folders.ReposFolder, "one")).FullName;
        await git.AskAsync(clone, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken, "init", "--quiet", "--bare");
        RepoSweep.Used(clone);
        File.SetLastWriteTimeUtc(Path.Combine(clone, "ccc-used"), (_time.GetUtcNow() - TimeSpan.FromDays(days)).UtcDateTime);

        await new RepoSweep(_folders, git, _time, NullLogger.Instance).SweepAsync(isShort, TestContext.Current.CancellationToken);

        Assert.Equal(stays, Directory.Exists(clone));
    }

    public void Dispose() => Directory.Delete(_folders.State, recursive: true);
}
