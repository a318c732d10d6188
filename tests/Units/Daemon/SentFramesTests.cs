using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Daemon.Link;

namespace Agents.Tests.Units.Daemon;

public sealed class SentFramesTests
{
    private readonly Outbox _outbox = new();

    [Fact]
    public async Task Refused_NotJustNow_GoesAgainWithTheNextHeartbeat()
    {
        var (sent, frame) = (new SentFrames(_outbox), new OutFrame(FrameType.Metrics, [1]));
        sent.Goes("f1", frame);

        sent.Refused("f1", (int)ErrorCode.Unavailable, "not just now");
        Assert.False(Waits());
        sent.SendAgain();

        Assert.Same(frame, await _outbox.FirstAsync(TestContext.Current.CancellationToken));
        _outbox.Remove(frame);
        sent.SendAgain();
        Assert.False(Waits());
    }

    [Theory]
    [InlineData("f1", ErrorCode.Invalid)]
    [InlineData("other", ErrorCode.Unavailable)]
    [InlineData(null, ErrorCode.Unavailable)]
    public void Refused_ForGoodOrUnknown_IsNotSentAgain(string? id, ErrorCode code)
    {
        var sent = new SentFrames(_outbox);
        sent.Goes("f1", new(FrameType.Metrics, [1]));

        sent.Refused(id, (int)code, "no");
        sent.SendAgain();

        Assert.False(Waits());
    }

    [Fact]
    public void Refused_OneThatIsMadeAnew_IsNotKept()
    {
        var (sent, asked) = (new SentFrames(_outbox), 0);
        sent.Goes("f1", new(FrameType.DeviceUpdate, [1], Refused: () => asked++));

        sent.Refused("f1", (int)ErrorCode.TooMany, "not just now");
        sent.SendAgain();

        Assert.Equal((1, false), (asked, Waits()));
    }

    [Fact]
    public void Refused_WrongInItself_IsSaidToWhoSentIt()
    {
        var (sent, why) = (new SentFrames(_outbox), "");
        sent.Goes("f1", new(FrameType.TaskResult, [1], Refused: () => why = "not just now", Wrong: words => why = words));

        sent.Refused("f1", (int)ErrorCode.Invalid, "no such artifact");

        Assert.Equal(("no such artifact", false), (why, Waits()));
    }

    private bool Waits() => _outbox.FirstAsync(TestContext.Current.CancellationToken).AsTask().IsCompleted;
}
