using Agents.Tests.App.Daemon;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;
using Microsoft.Playwright;

namespace Agents.Tests.App.Web;

/// <summary>What an admin does with accounts and keys, and what that is for whom it concerns.</summary>
[Collection(WholeApp.Name)]
public sealed class PeopleStoriesTests(AgentsApp app)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact(DisplayName = "Somebody who watches their task on a real daemon is disabled: the page is back at the sign-in by itself, which lets them in no more")]
    public async Task Disable()
    {
        await using var device = await WorkingDevice.StartAsync(app);
        var (agent, _) = await device.AgentAsync("echo at work; exec sleep 100");
        var person = await app.PersonAsync("user");
        var task = await person.Api.SubmitAsync(new { agent_id = agent, prompt = "go" });
        await using var theirs = await AdminPage.OpenAsync(app, $"/tasks/{task}", person.Email, Person.Password);
        await theirs.SaysAsync("at work");
        await using var admin = await AdminPage.OpenAsync(app, $"/people/{person.Id}");

        await admin.PressAsync("Disable");
        await admin.ConfirmAsync("Disable");
        await theirs.Page.WaitForURLAsync("**/sign-in**", new() { Timeout = (float)Limit.TotalMilliseconds });
        await admin.StateIsAsync("Disabled");
        await theirs.SignInAsync(person.Email, Person.Password);

        await theirs.SeesAsync("Email, name or password is wrong");
    }

    [Fact(DisplayName = "Somebody is added with a password that is shown once, signs in by it, and chooses another one")]
    public async Task Add()
    {
        var email = $"{Guid.NewGuid():N}@test.example";
        await using var admin = await AdminPage.OpenAsync(app, "/people");

        await admin.PressAsync("Add a person");
        await admin.Page.FillAsync("[name=email]", email);
        await admin.PressAsync("Make one");
        await admin.ConfirmAsync("Add a person");
        var password = await admin.Page.GetByRole(AriaRole.Dialog).Locator("code").InnerTextAsync();
        await using var theirs = await AdminPage.OpenAsync(app, "/settings", email, password);
        // The first that the page of signing in has not: that may still be there.
        await theirs.Page.FillAsync("[name=new_password]", Person.Password);
        await theirs.Page.FillAsync("[name=password]", password);
        await theirs.Page.FillAsync("[name=again]", Person.Password);
        await theirs.PressAsync("Change password");

        await theirs.SeesAsync("The password is changed; all other sessions have ended");
        await app.SignedInAsync(email, Person.Password);
    }

    [Fact(DisplayName = "A key is shown once, calls the API, and is refused after it was revoked")]
    public async Task Keys()
    {
        var name = $"nightly {Guid.NewGuid():N}"[..16];
        await using var admin = await AdminPage.OpenAsync(app, "/people?view=keys&make=true");

        await admin.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync(name);
        await admin.ConfirmAsync("Make a key");
        var script = app.Anonymous().With(await admin.Page.GetByRole(AriaRole.Dialog).Locator("code").InnerTextAsync());
        (await script.GetAsync("/api/v1/auth/me")).Is(200, 0);
        await admin.ConfirmAsync("I have kept it");
        await admin.PressAsync($"Revoke: {name}");
        await admin.ConfirmAsync("Revoke");

        await Eventually.TrueAsync(async () => (await script.GetAsync("/api/v1/auth/me")).Code is 1002, Limit, "the key is refused");
    }
}
