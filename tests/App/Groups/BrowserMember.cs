using System.Text.Json;
using Agents.Tests.App.Web;
using Agents.Tests.App.Whole;
using Microsoft.Playwright;

namespace Agents.Tests.App.Groups;

/// <summary>A person in a real browser, signed in by the page's own form: says things by <c>fetch</c> with the page's cookies, and hears by a socket that a ticket opened.</summary>
internal sealed class BrowserMember(IPlaywright playwright, IBrowser browser, IPage page) : IAsyncDisposable
{
    private const string Join =
        """
        async group => {
            window.heard = [];
            const csrf = decodeURIComponent(document.cookie.split('; ').find(c => c.startsWith('agents_csrf=')).slice('agents_csrf='.length));
            window.say = async (method, path, body) => {
                const answer = await fetch('/api/v1/' + path, { method, headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: JSON.stringify(body) });
                return await answer.json();
            };
            const { data } = await window.say('POST', 'auth/ws-ticket', {});
            const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws?role=client&client_id=story&ticket=${encodeURIComponent(data.ticket)}`);
            await new Promise((resolve, reject) => {
                socket.onerror = reject;
                socket.onmessage = ({ data }) => {
                    const frame = JSON.parse(data);
                    if (frame.type === 'auth/ok') socket.send(JSON.stringify({ id: crypto.randomUUID(), type: 'group/join', ts: Math.floor(Date.now() / 1000), payload: { group_id: group } }));
                    if (frame.type === 'group/joined') resolve();
                    if (frame.type === 'group/message') window.heard.push(frame.payload);
                };
            });
        }
        """;

    /// <summary>Signed in, and shown the group from now on.</summary>
    public static async Task<BrowserMember> EnterAsync(AgentsApp app, string group)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new() { BaseURL = app.App.GetEndpoint("gateway").ToString(), Locale = "en" });
        await page.GotoAsync("/");
        await page.FillAsync("[name=email]", "admin@localhost");
        await page.FillAsync("[name=password]", AgentsApp.AdminPassword);
        await page.ClickAsync("button:has-text('Sign in')");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        await page.EvaluateAsync(Join, group);
        return new(playwright, browser, page);
    }

    public async Task<string> SayAsync(string group, string content, string? replyTo = null)
    {
        var said = await page.EvaluateAsync<JsonElement>("([group, body]) => window.say('POST', `groups/${group}/messages`, body)", new object[] { group, new { content, reply_to = replyTo } });
        Assert.Equal(0, said.GetProperty("code").GetInt32());
        return said.GetProperty("data").GetProperty("id").GetString()!;
    }

    /// <summary>What stands on the page, when there is one that says so: all of it, in the order in which it came.</summary>
    public async Task<IReadOnlyList<JsonElement>> HeardAsync(string content)
    {
        await page.WaitForFunctionAsync("content => window.heard.some(entry => entry.content === content)", content, new() { Timeout = 20_000 });
        return [.. (await page.EvaluateAsync<JsonElement>("() => window.heard")).EnumerateArray()];
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
