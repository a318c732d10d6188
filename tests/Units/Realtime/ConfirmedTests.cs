using Agents.Contracts.Realtime;
using Agents.Realtime.Hub;

namespace Agents.Tests.Units.Realtime;

/// <summary>What the other end has received, on a wire that can ask.</summary>
public sealed class ConfirmedTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Wire _wire = new() { CanAsk = true };
    private readonly List<long> _confirmed = [];

    [Fact]
    public async Task AskIfSent_FramesWentOut_AsksForThemOnceAndNotOftenerThanASecond()
    {
        var connection = Listened();
        _wire.Read(100);
        connection.Send("1");
        connection.Send("2");
        await SentAsync(2);

        connection.AskIfSent();
        await SentAsync(3);
        connection.AskIfSent();
        connection.Send("3");
        await SentAsync(4);
        connection.AskIfSent();
        _time.Advance(TimeSpan.FromSeconds(1));
        connection.AskIfSent();
        await SentAsync(5);

        Assert.Equal(["1", "2", "?2", "3", "?3"], _wire.Sent);
        Assert.Equal(3, connection.LastPut);
        _wire.Answered!(2);
        _wire.Answered!(3);
        Assert.Equal([2, 3], _confirmed);
    }

    [Fact]
    public async Task AskIfSent_FramesStillWait_AsksForThoseThatWentOutAlone()
    {
        var connection = Listened();
        _wire.Read(1);
        connection.Send("1");
        await SentAsync(1);
        connection.Send("2");
        connection.Send("3");

        connection.AskIfSent();
        _wire.Read(3);
        await SentAsync(4);

        // The second one may have been on its way already. Not all of them were.
        var asked = _wire.Sent.FindIndex(frame => frame.StartsWith('?'));
        Assert.Equal($"?{asked}", _wire.Sent[asked]);
        Assert.InRange(asked, 1, 2);
    }

    [Fact]
    public async Task Answered_MoreThanWasAskedFor_IsNotBelieved()
    {
        var connection = Listened();
        _wire.Read(100);
        connection.Send("1");
        await SentAsync(1);
        connection.AskIfSent();
        await SentAsync(2);

        _wire.Answered!(2);
        _wire.Answered!(long.MaxValue);

        Assert.Empty(_confirmed);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task AskIfSent_NobodyListensOrTheWireCannot_IsNotAsked(bool canAsk, bool listens)
    {
        var wire = new Wire { CanAsk = canAsk };
        var connection = wire.Connect(Ears.Device("d"), new(), _time);
        if (listens)
        {
            connection.Confirmed += _confirmed.Add;
        }

        wire.Read(100);
        connection.Send("1");
        _time.Advance(TimeSpan.FromMinutes(1));
        connection.AskIfSent();
        connection.Close(1000, "");
        await connection.EndAsync();

        Assert.DoesNotContain(wire.Sent, frame => frame.StartsWith('?'));
    }

    [Fact]
    public async Task Close_WithLastWords_TheyGoOutInPlaceOfWhatWaits()
    {
        var connection = Listened();
        _wire.Read(1);
        connection.Send("1");
        await SentAsync(1);
        // This one is on its way when the end comes.
        connection.Send("2");
        connection.Send("3");

        connection.Close(CloseCode.NotSignedIn, "out", "why");
        connection.Send("4");
        _wire.Read(100);
        await connection.EndAsync();

        Assert.Equal("why", _wire.Sent[^1]);
        Assert.DoesNotContain("4", _wire.Sent);
        Assert.DoesNotContain("3", _wire.Sent);
        Assert.Equal((CloseCode.NotSignedIn, "out"), _wire.Closed);
    }

    private Connection Listened()
    {
        var connection = _wire.Connect(Ears.Device("d"), new(), _time);
        connection.Confirmed += _confirmed.Add;
        _time.Advance(TimeSpan.FromSeconds(1));
        return connection;
    }

    private async Task SentAsync(int frames)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (_wire.Sent.Count < frames)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
