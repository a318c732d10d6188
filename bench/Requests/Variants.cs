using Agents.Bench.Load;
using Agents.Bench.Subject;
using Npgsql;

namespace Agents.Bench.Requests;

/// <summary>The hops of a request, one more with each line.</summary>
internal static class Variants
{
    public const string RawInsert = "raw INSERT, no HTTP";

    private const string Ticket = "/api/v1/auth/ws-ticket";
    private const string Me = "/api/v1/auth/me";

    /// <summary>Routed to Identity, which knows no such thing: an envelope by way of all middleware, and no database.</summary>
    private const string Nothing = "/api/v1/auth/nothing";

    public static IReadOnlyList<Variant> All(
        Uri gateway, Uri identity, Uri bare, Uri echo, IReadOnlyList<string> tokens, NpgsqlDataSource database, int connections)
    {
        return
        [
            new("loopback: fixed bytes, one thread", Http(echo, "GET", "/"), OwnServer: true),
            new("bare Kestrel: GET", Http(bare, "GET", BareServer.Plain), OwnServer: true),
            new("bare Kestrel: one INSERT", Http(bare, "GET", BareServer.Insert), OwnServer: true),
            new(RawInsert, new InsertLoad(database, connections)),
            new("service: GET /alive", Http(identity, "GET", "/alive")),
            new("service: GET whoami, signed in", Http(identity, "GET", "/internal/whoami", signedIn: true)),
            new("service: GET, 404 in the envelope, signed in", Http(identity, "GET", Nothing, signedIn: true, status: 404)),
            new("service: GET me, one row read", Http(identity, "GET", Me, signedIn: true)),
            new("service: POST, one row committed", Http(identity, "POST", Ticket, signedIn: true)),
            new("gateway: GET /alive, signed in", Http(gateway, "GET", "/alive", signedIn: true)),
            new("gateway → service: GET, 404, signed in", Http(gateway, "GET", Nothing, signedIn: true, status: 404)),
            new("gateway → service: GET me, one row read", Http(gateway, "GET", Me, signedIn: true)),
            new("gateway → service: POST, one row committed", Http(gateway, "POST", Ticket, signedIn: true)),
        ];

        HttpLoad Http(Uri server, string method, string path, bool signedIn = false, int status = 200) => new(
            server,
            signedIn ? [.. tokens.Select(token => HttpRequestBytes.Of(method, server, path, token))] : [HttpRequestBytes.Of(method, server, path)],
            connections,
            status);
    }
}
