using System.Net;
using Agents.Gateway.Limits;

namespace Agents.Tests.Units.Gateway;

public sealed class RateGatesTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RateGates<string> _gates;

    public RateGatesTests() => _gates = new(10, _time, maxKept: 3);

    private int AdmittedOf(int tries, string key) => Enumerable.Range(0, tries).Count(_ => _gates.Admit(key, out var _));

    [Fact]
    public void Admit_ABurst_IsASecondsWorth() => Assert.Equal(10, AdmittedOf(100, "a"));

    [Fact]
    public void Admit_AfterWaitingAsTold_IsYes()
    {
        AdmittedOf(10, "a");
        Assert.False(_gates.Admit("a", out var wait));
        Assert.InRange(wait, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(100));

        _time.Advance(wait);

        Assert.Equal(1, AdmittedOf(5, "a"));
    }

    [Fact]
    public void Admit_OverManySeconds_IsTheRate()
    {
        var admitted = 0;
        for (var i = 0; i < 1_000; i++)
        {
            admitted += AdmittedOf(3, "a");
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(admitted, 100, 111);
    }

    [Fact]
    public void Admit_OneKey_TakesNothingFromAnother()
    {
        AdmittedOf(20, "a");

        Assert.Equal(10, AdmittedOf(20, "b"));
    }

    [Fact]
    public void Admit_FromManyThreadsAtOnce_IsExactlyTheBurst()
    {
        var admitted = 0;
        Parallel.For(0, 1_000, _ => Interlocked.Add(ref admitted, _gates.Admit("a", out var _) ? 1 : 0));

        Assert.Equal(10, admitted);
    }

    [Fact]
    public void Admit_MoreKeysThanAreKept_ShareOneGateUntilOthersAreForgotten()
    {
        AdmittedOf(1, "a");
        AdmittedOf(1, "b");
        AdmittedOf(1, "c");
        Assert.Equal(10, AdmittedOf(6, "d") + AdmittedOf(6, "e"));
        Assert.Equal(3, _gates.Kept);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(10, AdmittedOf(20, "d"));
        Assert.Equal(1, _gates.Kept);
    }

    [Fact]
    public void AddressKey_IsOneForAHousehold()
    {
        static UInt128 Key(string address) => AddressKey.Of(IPAddress.Parse(address));

        Assert.NotEqual(Key("192.0.2.1"), Key("192.0.2.2"));
        Assert.Equal(Key("2001:db8:1:2::1"), Key("2001:db8:1:2:ffff::9"));
        Assert.NotEqual(Key("2001:db8:1:2::1"), Key("2001:db8:1:3::1"));
    }
}
