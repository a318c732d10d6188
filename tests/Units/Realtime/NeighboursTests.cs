using Agents.Realtime.Backplane;

namespace Agents.Tests.Units.Realtime;

public sealed class NeighboursTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Neighbours _neighbours;

    public NeighboursTests() => _neighbours = new(_time);

    [Fact]
    public void ThatFallSilent_TakeTheirAgentsAlong()
    {
        _neighbours.ToldAll("other", AsOf("other"), [new(Wire.Agent("b"), "idle", 0, true)]);
        _neighbours.TakeChanges();
        _time.Advance(TimeSpan.FromSeconds(7));

        Assert.True(_neighbours.Forget(TimeSpan.FromSeconds(6)));

        var gone = Assert.Single(_neighbours.TakeChanges());
        Assert.Equal(("b", "offline", false), (gone.Agent.Id, gone.Status, gone.Appeared));
        Assert.True(_neighbours.IsDoubtful("other", out _));
    }

    [Fact]
    public void ToldAll_OnlyDifferencesAreChanges()
    {
        _neighbours.ToldAll("other", AsOf("other"), [new(Wire.Agent("b"), "idle", 0, true), new(Wire.Agent("c"), "idle", 0, true)]);
        _neighbours.TakeChanges();

        _neighbours.ToldAll("other", AsOf("other"), [new(Wire.Agent("b"), "busy", 1, true), new(Wire.Agent("e"), "idle", 0, true)]);

        Assert.Equal(
            [("b", "busy"), ("c", "offline"), ("e", "idle")],
            _neighbours.TakeChanges().Select(change => (change.Agent.Id, change.Status)).Order());
    }

    [Fact]
    public void WhoseWordWasLost_AreReadAnew()
    {
        _neighbours.ToldAll("other", AsOf("other"), []);
        _neighbours.Heard("other", 0, null);
        _neighbours.Heard("other", 1, [new(Wire.Agent("b"), "idle", 0, true)]);
        Assert.False(_neighbours.IsDoubtful("other", out _));
        _neighbours.Heard("other", 3, [new(Wire.Agent("c"), "idle", 0, true)]);
        Assert.True(_neighbours.IsDoubtful("other", out _));

        _neighbours.ToldAll("other", AsOf("other"), [new(Wire.Agent("c"), "idle", 0, true)]);
        _neighbours.Heard("other", 3, null);
        Assert.False(_neighbours.IsDoubtful("other", out _));
        _neighbours.Heard("other", 4, null);
        Assert.True(_neighbours.IsDoubtful("other", out _));
    }

    [Fact]
    public void ThatSpeakWhileTheyAreRead_AreReadOnceMore()
    {
        _neighbours.ToldAll("other", 0, []);
        _neighbours.Heard("other", 2, null);
        _neighbours.IsDoubtful("other", out var asOf);
        _neighbours.Heard("other", 3, [new(Wire.Agent("b"), "idle", 0, true)]);

        _neighbours.ToldAll("other", asOf, []);

        Assert.True(_neighbours.IsDoubtful("other", out asOf));
        _neighbours.ToldAll("other", asOf, [new(Wire.Agent("b"), "idle", 0, true)]);
        Assert.False(_neighbours.IsDoubtful("other", out _));
        Assert.NotNull(_neighbours.Find("b"));
    }

    [Fact]
    public void WhileNobodyCanBeHeard_AreNotForgotten()
    {
        _neighbours.ToldAll("other", AsOf("other"), [new(Wire.Agent("b"), "idle", 0, true)]);
        _time.Advance(TimeSpan.FromSeconds(7));
        _neighbours.Wait();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(_neighbours.Forget(TimeSpan.FromSeconds(6)));

        Assert.NotNull(_neighbours.Find("b"));
    }

    private long AsOf(string instance)
    {
        _neighbours.IsDoubtful(instance, out var asOf);
        return asOf;
    }
}
