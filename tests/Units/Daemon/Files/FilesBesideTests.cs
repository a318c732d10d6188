using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Commands;
using Agents.Daemon.Work.Files;

namespace Agents.Tests.Units.Daemon.Files;

public sealed class FilesBesideTests
{
    private static readonly SpoolFile Stored = new(ArtifactKind.File, "a", 1, "sum", "000000", "id");
    private static readonly SpoolFile Refused = new(ArtifactKind.File, "b", 1, "sum", "000001", Problem: "No.");

    [Theory]
    [InlineData("""{"text":"done"}""")]
    [InlineData("\"done\"")]
    public void Of_AResult_TellsWhatIsStoredAndWhatIsNot(string result)
    {
        var told = FilesBeside.Of(JsonElement.Parse(result), [Stored, Refused], [new("c", "It is a link.")]);
        var again = FilesBeside.Of(told, [Stored], []);

        Assert.Equal("done", told.GetProperty("text").GetString());
        Assert.Equal("id", Assert.Single(told.GetProperty("artifacts").EnumerateArray()).GetProperty("artifact_id").GetString());
        Assert.Equal(["c", "b"], told.GetProperty("artifacts_left").EnumerateArray().Select(file => file.GetProperty("name").GetString()!));
        Assert.False(again.TryGetProperty("artifacts_left", out _));
    }

    [Fact]
    public void Of_AnError_NamesAFewAndThePackage()
    {
        var files = Enumerable.Range(0, 7).Select(n => Stored with { Name = $"f{n}" }).Append(new(ArtifactKind.Package, "p", 1, "sum", "p", "package"));
        var told = FilesBeside.Of(new TaskError("t", 1, "No."), [.. files, Refused], []);

        Assert.Equal("No. Its files are kept: f0, f1, f2, f3, f4 and 2 more. Not kept are b (No).", told.Error);
        Assert.Equal("package", told.PackageRef);
    }

    [Fact]
    public void Newest_OfSeveralOfOneName_IsThatOfTheLatestAttempt()
    {
        var now = DateTimeOffset.UnixEpoch;
        ArtifactView Of(string id, int? attempt, int second) => new(id, "a", ArtifactKind.File, "", 1, "", attempt, "d", now.AddSeconds(second));

        Assert.Equal("2", Assert.Single(ArtifactsCommand.Newest([Of("1", 1, 9), Of("2", 2, 5), Of("3", 2, 4), Of("4", null, 10)])).Id);
    }
}
