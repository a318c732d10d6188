using Agents.Contracts.Registry;
using Agents.Realtime.Presence;

namespace Agents.Tests.Units.Realtime;

public sealed class DeviceNewsTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly DeviceNews _news;

    public DeviceNewsTests() => _news = new(_time);

    [Fact]
    public void Reported_TwiceBetweenTwoLooks_TheLastIsTold()
    {
        _news.Reported([Report("d", "online")]);
        _news.Reported([Report("d", "offline")]);

        Assert.Equal("offline", Assert.Single(_news.Take().Own).Device.Status);
        Assert.Empty(_news.Take().Own);
    }

    [Fact]
    public void Reported_NoNewsOrAnAgent_NobodyIsTold()
    {
        _news.Reported([Report("d", "online") with { IsNews = false }, Report("a", "online", PresenceKind.Agent)]);

        Assert.Empty(_news.Take().Own);
    }

    [Fact]
    public void Changed_IsStaleAtOnceAndOnce()
    {
        _news.Changed();

        Assert.Equal((true, false), (_news.Take().IsStale, _news.Take().IsStale));
    }

    [Fact]
    public void Missed_IsStaleWhenRegistryHasSeenItToo()
    {
        _news.Missed();
        Assert.False(_news.Take().IsStale);
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal((true, false), (_news.Take().IsStale, _news.Take().IsStale));
    }

    private ReportedPresence Report(string id, string status, PresenceKind kind = PresenceKind.Device) => new(new(kind, id, status, 0, _time.GetUtcNow()), IsNews: true, "owner");
}
