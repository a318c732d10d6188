using Refit;

namespace Agents.Tests.StandIns.Refit;

public sealed class AddressTests(Echo echo) : IClassFixture<Echo>
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1));
    private readonly IAddresses _addresses = RestService.For<IAddresses>(echo.Client());

    [Theory]
    [InlineData("a b", "a%20b")]
    [InlineData("a/b?c#d%e&f", "a%2Fb%3Fc%23d%25e%26f")]
    [InlineData("ü..", "%C3%BC..")]
    public async Task Path_AnyText_IsEscaped(string value, string escaped) =>
        Assert.Equal($"/a/{escaped}/in-words.json", (await _addresses.PathAsync(value, Kind.InWords)).Target);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(null)]
    public async Task Path_ValueThatWouldCallAnotherPath_IsRefused(string? value) =>
        Assert.Equal("one", (await Assert.ThrowsAsync<ArgumentException>(() => _addresses.PathAsync(value!, Kind.Plain))).ParamName);

    [Fact]
    public async Task RoundTrip_Slashes_Stay() =>
        Assert.Equal("/files/a/b%20c//d%3F", (await _addresses.RestAsync("a/b c//d?")).Target);

    [Fact]
    public async Task RoundTrip_WayUp_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _addresses.RestAsync("a/../../b"));

    [Fact]
    public async Task RoundTrip_LeadingSlash_StaysOnTheHost() =>
        Assert.Equal("//other.example/x", (await _addresses.AllAsync("/other.example/x")).Target);

    [Fact]
    public async Task BaseAddress_WithAPath_ComesFirst()
    {
        var below = RestService.For<IAddresses>(echo.Client("/below/"));

        Assert.Equal("/below/files/x", (await below.RestAsync("x")).Target);
    }

    [Fact]
    public async Task BaseAddress_Missing_SaysSo()
    {
        using var client = new HttpClient();

        await Assert.ThrowsAsync<InvalidOperationException>(() => RestService.For<IAddresses>(client).RestAsync("x"));
    }

    [Fact]
    public async Task Query_InThePath_IsKeptAndFilled()
    {
        Assert.Equal("/fixed?raw=true&who=me%26you&limit=5", (await _addresses.FixedAsync("me&you", 5)).Target);
        Assert.Equal("/fixed?raw=true", (await _addresses.FixedAsync(null, null)).Target);
    }

    [Fact]
    public async Task Query_Nulls_AreLeftOut()
    {
        Assert.Equal("/q", (await _addresses.QueryAsync(null, null, null, null, null, null)).Target);
        Assert.Equal("/q?text=", (await _addresses.QueryAsync("", null, null, null, null, null)).Target);
    }

    [Fact]
    public async Task Query_Values_AreInvariant()
    {
        var seen = await _addresses.QueryAsync("a+b", true, Noon, Kind.InWords, 1.5, 2m);

        Assert.Equal("/q?text=a%2Bb&flag=True&at=03%2F01%2F2026%2012%3A00%3A00%20%2B01%3A00&kind=in-words&n=1.5&price=2.00", seen.Target);
    }

    [Fact]
    public async Task Query_FormatsOfTheSettings_HoldForTheirType()
    {
        var formatter = new DefaultUrlParameterFormatter();
        formatter.AddFormat<DateTimeOffset>("O");
        var addresses = RestService.For<IAddresses>(echo.Client(), new RefitSettings { UrlParameterFormatter = formatter });

        Assert.Equal("/q?at=2026-03-01T12%3A00%3A00.0000000%2B01%3A00", (await addresses.QueryAsync(null, null, Noon, null, null, null)).Target);
        Assert.Equal("/day/2026-03-01?event=x", (await addresses.DayAsync(Noon, "x")).Target);
    }

    [Fact]
    public async Task Lists_EachFormat_AsSaid()
    {
        Assert.Equal("/q?plain=a,,b&csv=1,2&multi=x&multi=y".Replace(",", "%2C"), (await _addresses.ListsAsync(["a", null, "b"], [1, 2], ["x", null, "y"])).Target);
        Assert.Equal("/q?ssv=1%202&tsv=1%092&pipes=1%7C2", (await _addresses.SeparatedAsync([1, 2], [1, 2], [1, 2])).Target);
    }

    [Fact]
    public async Task Lists_NullOrEmpty_NothingButAnEmptyCsv()
    {
        Assert.Equal("/q", (await _addresses.ListsAsync(null, null, null)).Target);
        Assert.Equal("/q?csv=", (await _addresses.ListsAsync(null, [], [])).Target);
    }

    [Fact]
    public async Task Lists_FormatOfTheSettings_HoldsWhereNoneIsSaid()
    {
        var addresses = RestService.For<IAddresses>(echo.Client(), new RefitSettings { CollectionFormat = CollectionFormat.Multi });

        Assert.Equal("/q?plain=a&plain=b&csv=1%2C2", (await addresses.ListsAsync(["a", "b"], [1, 2], null)).Target);
    }

    [Fact]
    public async Task Object_Properties_GoOneByOne()
    {
        var filter = new Filter("up", Kind.InWords, ["a", "b"], Noon) { Limit = 3 };

        Assert.Equal("/q?State=up&kind_of=in-words&Labels=a&Labels=b&Since=2026&Limit=3", (await _addresses.ObjectAsync(filter)).Target);
        Assert.Equal("/q?page.Limit=1&page.Cursor=c", (await _addresses.ObjectAsync(null, new Page(1, "c"))).Target);
    }

    [Fact]
    public async Task Object_KeyFormatter_NamesWhatHasNoAlias()
    {
        var addresses = RestService.For<IAddresses>(echo.Client(), new RefitSettings { UrlParameterKeyFormatter = new CamelCaseUrlParameterKeyFormatter() });

        Assert.Equal("/q?state=up&kind_of=Plain", (await addresses.ObjectAsync(new Filter("up", Kind.Plain))).Target);
    }
}
