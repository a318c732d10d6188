using System.Net.Http.Headers;
using System.Security.Cryptography;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Groups;

/// <summary>Files that messages bring along.</summary>
[Collection(WholeApp.Name)]
public sealed class AttachmentsTests(AgentsApp app)
{
    private const int Most = 10 * 1024 * 1024;

    [Fact(DisplayName = "A file of 10 MiB comes with a message, is read by the group's members alone, and goes when the message is deleted; a byte more is too much")]
    public async Task Whole()
    {
        var (admin, member, stranger) = (await app.AdminAsync(), (await app.PersonAsync("user")).Api, (await app.PersonAsync("user")).Api);
        var me = (await member.GetAsync("/api/v1/auth/me")).Text("id");
        var group = await Chat.GroupAsync(admin, new { name = "files", members = new[] { $"user:{me}" } });
        var content = RandomNumberGenerator.GetBytes(Most);

        var uploaded = await UploadAsync(admin, group, "图 1.png", content);
        uploaded.Is(201, 0);
        var path = $"/api/v1/groups/{group}/attachments/{uploaded.Text("id")}";
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), uploaded.Text("sha256"));
        (await member.GetAsync(path)).Is(404, 2001);
        var said = await admin.PostAsync($"/api/v1/groups/{group}/messages", new { content = "", attachments = new[] { uploaded.Text("id") } });
        said.Is(201, 0);
        (await admin.PostAsync($"/api/v1/groups/{group}/messages", new { content = "again", attachments = new[] { uploaded.Text("id") } })).Is(400, 1001);

        using (var read = await member.RawAsync(HttpMethod.Get, path))
        {
            Assert.Equal(content, await read.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.Equal("nosniff", read.Headers.GetValues("X-Content-Type-Options").Single());
        }

        (await stranger.GetAsync(path)).Is(404, 2001);
        (await UploadAsync(admin, group, "too-much.bin", [.. content, 1])).Is(413, 1001);
        (await UploadAsync(admin, group, "../up", [1])).Is(400, 1001);
        (await admin.DeleteAsync($"/api/v1/groups/{group}/messages/{said.Text("id")}")).Is(200, 0);
        (await admin.GetAsync(path)).Is(404, 2001);
    }

    private static Task<Answer> UploadAsync(Api by, string group, string name, byte[] content)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return by.SendAsync(HttpMethod.Post, $"/api/v1/groups/{group}/attachments?name={Uri.EscapeDataString(name)}", body);
    }
}
