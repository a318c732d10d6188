using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Realtime;
using Agents.Realtime.Hub;
using Agents.Realtime.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Tests.Units.Realtime;

public sealed class WordPipeTests : IAsyncDisposable
{
    private readonly WordQueue _queue = new(TimeProvider.System);
    private readonly Connections _connections = new();
    private readonly Desk _desk = new();
    private readonly Holders _holders;
    private readonly WordPipe _pipe;

    public WordPipeTests()
    {
        _holders = new(_connections, new());
        _pipe = new(_queue, _holders, _connections, _desk, new Instance(), TimeProvider.System, NullLogger<WordPipe>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _pipe.StopAsync(CancellationToken.None);
        _pipe.Dispose();
    }

    [Fact]
    public async Task Report_WordsThatComeOneByOne_ArriveInTheirOrderAndOnce()
    {
        await StartAsync();
        for (var n = 0; n < 500; n++)
        {
            await SayAsync(n);
        }

        Assert.Equal(Enumerable.Range(0, 500), await TakenAsync(500));
    }

    [Fact]
    public async Task Report_SchedulerIsAway_ComesAgainAsItWasAndWhatCameMeanwhileAfterIt()
    {
        _desk.RefuseNext(3);
        await SayAsync(0);
        await SayAsync(1);
        await StartAsync();

        Assert.Equal([0, 1], Numbers((await _desk.NextAsync()).Words));
        await SayAsync(2);
        Assert.Equal([0, 1], Numbers((await _desk.NextAsync()).Words));
        await SayAsync(3);

        Assert.Equal([0, 1, 2, 3], await TakenAsync(4));
        Assert.False(_queue.IsStuck);
    }

    [Fact]
    public async Task Report_SchedulerIsBack_IsToldAgainWhoIsHere()
    {
        Come(Ears.Device("d"));
        Come(new AgentPeer(Wire.Agent("a")));
        Come(Ears.Device("deaf", takesTasks: false));
        _queue.Take(9);
        _desk.RefuseNext(1);
        await SayAsync(0);
        await StartAsync();
        Assert.Equal([0], await TakenAsync(1));

        var here = (await _desk.NextAsync()).Words;

        Assert.All(here, word => Assert.Equal(WordKind.Here, word.Kind));
        Assert.Equal([("agent:a", true), ("device:d", true), ("device:deaf", false)], here.Select(word => (word.Holder, word.TakesTasks is true)).Order());
    }

    [Fact]
    public async Task Answers_EachToItsHoldersNewestConnection()
    {
        var (old, newest, other) = (new Ears(), new Ears(), new Ears());
        Come(Ears.Device("d"), old);
        Come(Ears.Device("d"), newest);
        Come(Ears.Device("e"), other);
        _desk.Answers = _ => [new("device:d", "t", 1, true), new("device:d", "u", 2, false, AckReason.Ended), new("device:gone", "t", 1), new("device:e", "v", 3)];
        await StartAsync();

        await HeardAsync(other, 1);

        Assert.Empty(old.Heard);
        Assert.Equal([new TaskAck("t", 1, true), new TaskAck("u", 2, false, AckReason.Ended)], newest.Heard.Take(2));
        Assert.Equal(new TaskCancel("v", 3, 10), other.Heard.First());
    }

    [Fact]
    public async Task Answers_OneThatCanNotBeTold_HurtsNobodyElseAndNothingIsReportedTwice()
    {
        var well = new Ears();
        Come(Ears.Device("broken"), new Ears { IsBroken = true });
        Come(Ears.Device("d"), well);
        _queue.Take(9);
        _desk.Answers = report => report.Words.Count == 0 ? [] : [new("device:broken", "t", 1, true), new("device:d", "t", 1, true)];
        await StartAsync();
        await SayAsync(0);
        await HeardAsync(well, 1);
        await SayAsync(1);

        Assert.Equal([0, 1], await TakenAsync(2));
    }

    [Fact]
    public async Task Lease_HoldersThatNeverSayIt_IsSaidForThem()
    {
        var (agent, device) = (Come(new AgentPeer(Wire.Agent("a"))), Come(Ears.Device("d")));
        _queue.Take(9);
        _holders.HasWork(agent);
        _holders.NamesItsWork(device);
        await StartAsync();

        Assert.Equal([new HolderWord(WordKind.Lease, "agent:a", agent.Id)], (await _desk.NextAsync()).Words);
    }

    [Fact]
    public async Task Joined_AndLeft_OnlyThoseThatMayHaveWork()
    {
        var device = Come(Ears.Device("d"));
        _pipe.Joined(new Ears().Connect(People.Person("me"), TimeProvider.System));
        _pipe.Left(new Ears().Connect(People.Person("me"), TimeProvider.System));
        _holders.HasWork(device);
        _pipe.Left(device);
        await StartAsync();

        Assert.Equal([new HolderWord(WordKind.Gone, "device:d", device.Id)], (await _desk.NextAsync()).Words);
        Assert.Empty(_holders.Silent());
    }

    private Task StartAsync() => _pipe.StartAsync(TestContext.Current.CancellationToken);

    private Connection Come(Peer peer, Ears? ears = null)
    {
        var connection = (ears ?? new()).Connect(peer, TimeProvider.System);
        _connections.Add(connection);
        _pipe.Joined(connection);
        return connection;
    }

    private ValueTask SayAsync(int number) =>
        _queue.SayAsync(new(WordKind.Result, "device:d", "c", $"{number}", number), TestContext.Current.CancellationToken);

    private static IEnumerable<int> Numbers(IEnumerable<HolderWord> words) => words.Where(word => word.Kind is WordKind.Result).Select(word => word.Attempt!.Value);

    private async Task<List<int>> TakenAsync(int count)
    {
        List<int> numbers = [];
        while (numbers.Count < count)
        {
            var (words, taken) = await _desk.NextAsync();
            numbers.AddRange(taken ? Numbers(words) : []);
        }

        return numbers;
    }

    private static async Task HeardAsync(Ears ears, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (ears.Heard.Count < count)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
