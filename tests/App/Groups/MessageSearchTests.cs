using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Groups;

/// <summary>What was said is found again by its words, by who may see it.</summary>
[Collection(WholeApp.Name)]
public sealed class MessageSearchTests(AgentsApp app)
{
    [Fact(DisplayName = "Messages are found by words, parts of words and Chinese, as they read now, and only where one may look")]
    public async Task Found()
    {
        var (author, other) = ((await app.PersonAsync("user")).Api, (await app.PersonAsync("user")).Api);
        var word = Fleet.NewId("kangaroo");
        var (open, closed) = (await Chat.GroupAsync(author), await Chat.GroupAsync(author, new { name = "closed", visibility = "private" }));
        var (first, _) = await Chat.SayAsync(author, open, $"Deploy the {word} 部署完成");
        var (second, _) = await Chat.SayAsync(author, closed, $"the {word} again, 100 % of it");

        Assert.Equal([second, first], await FindAsync(author, word));
        Assert.Equal([first], await FindAsync(other, word.ToUpperInvariant()));
        Assert.Equal([first], await FindAsync(author, $"署完 {word[3..]}"));
        Assert.Equal([second], await FindAsync(author, $"{word} 100 %"));
        Assert.Equal([first], await FindAsync(author, word, $"&group_id={open}"));
        Assert.Equal([first], await FindAsync(author, word, $"&before={second}"));
        (await other.GetAsync($"/api/v1/messages?q=abc&group_id={closed}")).Is(404, 2001);
        (await other.GetAsync("/api/v1/messages?q=a")).Is(400, 1001);

        (await author.PatchAsync($"/api/v1/groups/{open}/messages/{first}", new { content = "a wallaby instead" })).Is(200, 0);
        Assert.Equal([second], await FindAsync(author, word));
        Assert.Equal([first], await FindAsync(author, "wallaby", $"&group_id={open}"));
        (await author.DeleteAsync($"/api/v1/groups/{open}/messages/{first}")).Is(200, 0);
        Assert.Empty(await FindAsync(author, "wallaby", $"&group_id={open}"));
    }

    private static async Task<string[]> FindAsync(Api by, string q, string more = "")
    {
        var found = await by.GetAsync($"/api/v1/messages?q={Uri.EscapeDataString(q)}{more}");
        found.Is(200, 0);
        return [.. found.Data.GetProperty("items").EnumerateArray().Select(message => message.GetProperty("id").GetString()!)];
    }
}
