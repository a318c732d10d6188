namespace Agents.Gateway.Forwarded;

/// <summary>Settles whose request it is, and tells the services so; what outsiders say about that goes no further.</summary>
internal static class ForwardedHeaders
{
    public const string For = "X-Forwarded-For";
    public const string Proto = "X-Forwarded-Proto";
    public const string Host = "X-Forwarded-Host";

    /// <summary>How the path began before it was rewritten.</summary>
    public const string Prefix = "X-Forwarded-Prefix";

    private static readonly string[] NeverTaken =
        [Prefix, "Forwarded", "X-Real-IP", "X-Forwarded-Port", "X-Forwarded-Server", "X-Original-For", "X-Original-Proto", "X-Original-Host", "X-Original-URL", "X-Rewrite-URL"];

    public static void AddForwarded(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(TrustedProxies.Parse(builder.Configuration["AGENTS_TRUSTED_PROXIES"]));

    public static void UseForwarded(this WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<TrustedProxies>();
        app.Use((context, next) =>
        {
            Settle(context, trusted);
            return next(context);
        });
    }

    internal static void Settle(HttpContext context, TrustedProxies trusted)
    {
        var request = context.Request;
        // A socket of the operating system's own kind has no address; whoever may open it is on this machine.
        var remote = ForwardedFor.Plain(context.Connection.RemoteIpAddress ?? System.Net.IPAddress.Loopback);
        if (trusted.Any && trusted.Trusts(remote))
        {
            var (client, proto, host) = ForwardedFor.Read(remote, request.Headers[For], request.Headers[Proto], request.Headers[Host], trusted);
            remote = client;
            request.Scheme = proto ?? request.Scheme;
            request.Host = host is null ? request.Host : new(host);
        }

        foreach (var name in NeverTaken)
        {
            request.Headers.Remove(name);
        }

        context.Connection.RemoteIpAddress = remote;
        request.Headers[For] = remote.ToString();
        request.Headers[Proto] = request.Scheme;
        request.Headers[Host] = request.Host.Value;
    }
}
