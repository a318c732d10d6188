using Agents.Scheduler.Search;
using Agents.ServiceDefaults.Search;

namespace Agents.Tests.Units.Search;

public sealed class TextTermsTests
{
    [Theory]
    [InlineData("Deploy the kangaroo", "KANGA ploy", true)]
    [InlineData("Deploy the kangaroo", "ploythe", false)]
    [InlineData("检查数据库的备份", "数据库 备", true)]
    [InlineData("检查数据库的备份", "据数", false)]
    [InlineData("v2数据abc", "数据abc", true)]
    [InlineData("ÜBERGABE", "überg", true)]
    public void Of_WordsOfAText_AreAmongItsTerms(string text, string query, bool isIn)
    {
        HashSet<int> terms = [];
        TextTerms.AddTo(terms, text);

        Assert.Equal(isIn, TextTerms.Of(query.Split(' ')).All(terms.Contains));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("a b")]
    [InlineData("")]
    public void Of_WhatIsTooShort_HasNone(string query) => Assert.Empty(TextTerms.Of(query.Split(' ')));

    [Theory]
    [InlineData(3)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(Places.BlockSize)]
    public void Pack_OfFewAndOfMany_ComesBackFalling(int count)
    {
        var places = Enumerable.Range(0, count).Select(n => (ushort)(n * Places.BlockSize / count)).ToList();

        Assert.Equal(places.Select(place => (int)place).Reverse(), Places.Of(Places.Pack(places)).Falling());
    }

    [Fact]
    public void And_OfTwo_LeavesWhatBothHave()
    {
        var some = Places.Of(Places.Pack([1, 64, 4_095]));
        some.And(Places.Of(Places.Pack([.. Enumerable.Range(2, 4_094).Select(n => (ushort)n)])));

        Assert.Equal([4_095, 64], some.Falling());
    }

    [Fact]
    public void Telling_OfTwoWords_KeepsTheThreeRarestTermsOfEach()
    {
        var text = SearchText.Of("deployment nightly");
        int[] Of(params string[] words) => [.. words.SelectMany(word => TextTerms.Of([word]))];

        Assert.Equal(Of("men", "ent", "loy", "tly", "htl", "ght"), text.Telling(Of("men", "ent", "loy", "dep", "epl", "tly", "htl", "ght", "nig")));
        Assert.Equal(Of("nig"), text.Telling(Of("nig", "xyz")));
    }
}
