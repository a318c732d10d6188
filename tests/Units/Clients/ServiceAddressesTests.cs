using Agents.ServiceDefaults.Clients;
using Microsoft.Extensions.Configuration;

namespace Agents.Tests.Units.Clients;

public sealed class ServiceAddressesTests
{
    private static readonly Uri One = new("http://127.0.0.1:1");
    private static readonly Uri Two = new("http://127.0.0.1:2");

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Next_TwoReplicas_TakeTurns()
    {
        var addresses = Of(One, Two);

        Assert.Equal([1, 1], Count(addresses));
    }

    [Fact]
    public void Next_OneDidNotAnswer_IsPassedOverForAWhile()
    {
        var addresses = Of(One, Two);
        addresses.Failed(One);

        Assert.Equal([0, 2], Count(addresses));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal([1, 1], Count(addresses));
    }

    [Fact]
    public void Next_ItAnswersAgain_HasItsTurn()
    {
        var addresses = Of(One, Two);
        addresses.Failed(One);
        addresses.Answered(One);

        Assert.Equal([1, 1], Count(addresses));
    }

    [Fact]
    public void Next_NobodyAnswers_OrThereIsOnlyOne_TheyAreTriedAllTheSame()
    {
        var both = Of(One, Two);
        both.Failed(One);
        both.Failed(Two);
        var only = Of(One);
        only.Failed(One);

        Assert.Equal([1, 1], Count(both));
        Assert.Equal(One, only.Next("part"));
    }

    private ServiceAddresses Of(params Uri[] addresses) => new(
        new ConfigurationBuilder()
            .AddInMemoryCollection(addresses.Select((address, n) => KeyValuePair.Create($"services:part:http:{n}", (string?)address.ToString())))
            .Build(),
        _time);

    private static int[] Count(ServiceAddresses addresses)
    {
        Uri[] asked = [addresses.Next("part"), addresses.Next("part")];
        return [asked.Count(address => address == One), asked.Count(address => address == Two)];
    }
}
