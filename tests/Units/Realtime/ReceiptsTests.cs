using Agents.Realtime.Groups.Delivery;
using Agents.Realtime.Hub;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Agents.Tests.Units.Realtime;

/// <summary>What has arrived counts as read, where nobody says what was.</summary>
public sealed class ReceiptsTests : IAsyncDisposable
{
    private static readonly string[] Keys = ["agent:a"];

    private readonly ManualTimeProvider _time = new();
    private readonly Wire _wire = new() { CanAsk = true };
    private readonly NpgsqlDataSource _nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1");
    private readonly AckBook _acks;
    private readonly Connection _connection;
    private readonly Receipts _receipts;

    public ReceiptsTests()
    {
        _acks = new(_nowhere, _time, NullLogger<AckBook>.Instance);
        _connection = _wire.Connect(Ears.Device("d"), new(), _time);
        _receipts = new(_connection, _acks);
    }

    [Fact]
    public async Task Passed_ReadsOnlyWhatHasArrived()
    {
        await ArrivesAsync("1", 7);
        _connection.Send("2");
        _receipts.Passed("g", Keys, 8);
        _receipts.Passed("other", Keys, 3);

        Assert.Equal((7, 0), (_acks.Pending("g", "agent:a"), _acks.Pending("other", "agent:a")));
        await AskedAsync(2);

        Assert.Equal((8, 3), (_acks.Pending("g", "agent:a"), _acks.Pending("other", "agent:a")));
    }

    [Fact]
    public async Task Passed_NothingHadToBeSentForIt_ReadsAtOnceWhereAllHasArrived()
    {
        await ArrivesAsync("1", 7);

        _receipts.Passed("g", Keys, 9);

        Assert.Equal(9, _acks.Pending("g", "agent:a"));
    }

    public async ValueTask DisposeAsync()
    {
        _acks.Dispose();
        await _nowhere.DisposeAsync();
    }

    private async Task ArrivesAsync(string frame, long seq)
    {
        _connection.Send(frame);
        _receipts.Passed("g", Keys, seq);
        await AskedAsync(1);
    }

    /// <summary>All that was put in has gone out, was asked for, and is there.</summary>
    private async Task AskedAsync(long number)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        _wire.Read(100);
        while (!_wire.Sent.ToArray().Contains($"?{number}"))
        {
            limit.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            _connection.AskIfSent();
            await Task.Yield();
        }

        _wire.Answered!(number);
    }
}
