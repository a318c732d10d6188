using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Web;

/// <summary>
/// A hub as somebody might have it, for its pages to be looked at: filled by the public API, and kept at work for as long as one looks.
/// It is one of its own, for its agents take what they are given and are in no hurry with it: tasks of other tests would wait for them.
/// </summary>
public sealed class Showcase : IAsyncLifetime
{
    private readonly AgentsApp _app = new();
    private ShowcaseFleet? _fleet;

    internal AgentsApp App => _app;

    internal ShowcaseFleet Fleet => _fleet ?? throw new InvalidOperationException("It is not filled.");

    /// <summary>A task that is at work and has much to show.</summary>
    internal string AtWork { get; private set; } = "";

    /// <summary>One that waits for somebody.</summary>
    internal string Asking { get; private set; } = "";

    internal string Group { get; private set; } = "";

    internal string Thread { get; private set; } = "";

    internal string Schedule { get; private set; } = "";

    internal string Person { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await _app.InitializeAsync();
        var admin = await _app.AdminAsync();
        _fleet = await ShowcaseFleet.MakeAsync(_app, admin);
        Person = await ShowcaseTalk.PeopleAsync(admin);
        (AtWork, Asking) = await ShowcaseWork.MakeAsync(admin, Fleet);
        (Group, Thread) = await ShowcaseTalk.GroupAsync(admin, Fleet);
        Schedule = await ShowcaseTalk.SchedulesAsync(admin, Fleet);
    }

    public async ValueTask DisposeAsync()
    {
        if (_fleet is not null)
        {
            await _fleet.DisposeAsync();
        }

        await _app.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class ShowcaseHub : ICollectionFixture<Showcase>
{
    public const string Name = "the showcase";
}
