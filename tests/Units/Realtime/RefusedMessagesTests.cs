using Agents.Realtime.Signatures;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Agents.Tests.Units.Realtime;

public sealed class RefusedMessagesTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly NpgsqlDataSource _nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1");
    private readonly RefusedMessages _refused;

    public RefusedMessagesTests() => _refused = new(_nowhere, _time, NullLogger<RefusedMessages>.Instance);

    [Fact]
    public void TakeDue_AFloodOfOneKind_IsTheFirstAtOnceAndTheRestAfterAMinute()
    {
        Add("box-1", 1);
        Assert.Equal([1], Due());
        Add("box-1", 1_000_000);
        Assert.Empty(Due());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([1_000_000], Due());
        Add("box-1", 1);
        Assert.Equal([1], Due());
    }

    [Fact]
    public void TakeDue_MoreKindsThanAreToldApart_AreOne()
    {
        for (var n = 0; n < RefusedMessages.MaxKinds + 50; n++)
        {
            Add($"box-{n}", 1);
        }

        var due = _refused.TakeDue(everything: false);
        Assert.Equal((RefusedMessages.MaxKinds + 1, 50), (due.Count, due.Single(each => each.Kind.DeviceId == RefusedMessages.Others).Count));
    }

    [Fact]
    public void TakeDue_AtTheEnd_IsEverything()
    {
        Add("box-1", 1);
        Due();
        Add("box-1", 3);

        Assert.Equal([3], _refused.TakeDue(everything: true).Select(each => each.Count));
    }

    public void Dispose()
    {
        _refused.Dispose();
        _nowhere.Dispose();
    }

    private int[] Due() => [.. _refused.TakeDue(everything: false).Select(each => each.Count)];

    private void Add(string device, int times)
    {
        for (var n = 0; n < times; n++)
        {
            _refused.Add(new(device, "group/message", "Forged"), new(device, [], "dev-team"));
        }
    }
}
