using Microsoft.AspNetCore.Http.Features;

namespace Agents.Realtime.Sockets.Asking;

/// <summary>Puts an <see cref="AskingStream"/> below the WebSockets of the paths that want one; all others are as they were.</summary>
internal sealed class AskingUpgrade(IHttpUpgradeFeature upgrade) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

    /// <summary>Once there is one.</summary>
    public AskingStream? Stream { get; private set; }

    public async Task<Stream> UpgradeAsync() => Stream = new(await upgrade.UpgradeAsync());
}

internal static class AskingUpgrades
{
    /// <summary>Before the framework's own WebSockets, which keep the upgrade that they find.</summary>
    public static void UseAsking(this WebApplication app, PathString path) => app.Use((context, next) =>
    {
        if (context.Request.Path == path && context.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
        {
            var asking = new AskingUpgrade(upgrade);
            context.Features.Set<IHttpUpgradeFeature>(asking);
            context.Features.Set(asking);
        }

        return next(context);
    });
}
