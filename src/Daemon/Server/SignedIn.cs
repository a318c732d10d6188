using Agents.Daemon.Config;
using Agents.Daemon.State;

namespace Agents.Daemon.Server;

/// <summary>The server as the person who is signed in at this terminal sees it; the token is renewed where it has to be.</summary>
internal sealed class SignedIn : IDisposable
{
    private readonly ServerApi _api;

    private SignedIn(ServerApi api, string credential) => (_api, Credential) = (api, credential);

    public ServerApi Api => _api;

    public string Credential { get; }

    /// <param name="server">Where somebody else's server is asked for than the one signed in to, there is no credential for it.</param>
    public static async Task<SignedIn> RequiredAsync(Folders folders, ServerAddress? server, TimeProvider time, CancellationToken cancellationToken) =>
        await TryAsync(folders, server, time, cancellationToken)
        ?? throw new Failure(ExitCode.NotSignedIn, $"You are not signed in{(server is null ? "" : $" at {server}")}: run 'ccc login {server?.ToString() ?? "URL"}'.");

    /// <summary>Null where nobody is signed in there.</summary>
    public static async Task<SignedIn?> TryAsync(Folders folders, ServerAddress? server, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Session.Read(folders) is not { } session || ServerAddress.Parse(session.Server) is not { } home || (server is not null && server != home))
        {
            return null;
        }

        var api = ServerApi.At(home, ConfigFile.Read(folders, null).Trust);
        try
        {
            return new(api, session.ApiKey ?? await AccessTokenAsync(folders, session, api, time, cancellationToken));
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    public void Dispose() => _api.Dispose();

    private static async Task<string> AccessTokenAsync(
        Folders folders, Session session, ServerApi api, TimeProvider time, CancellationToken cancellationToken)
    {
        if (session.IsFresh(time.GetUtcNow()))
        {
            return session.AccessToken!;
        }

        // One at a time: two that renew with the same token would be rivals, and the server ends the session of rivals.
        using var turn = await RenewalTurn.TakeAsync(folders, time, cancellationToken);
        session = Session.Read(folders) ?? throw Ended(api);
        if (session.IsFresh(time.GetUtcNow()))
        {
            return session.AccessToken!;
        }

        try
        {
            var reply = await api.RefreshAsync(session.RefreshToken ?? throw Ended(api), cancellationToken);
            session = session with
            {
                AccessToken = reply.AccessToken,
                AccessTokenEnds = time.GetUtcNow().AddSeconds(reply.ExpiresIn),
                RefreshToken = reply.RefreshToken ?? session.RefreshToken,
            };
            session.Write(folders);
            return session.AccessToken ?? throw Ended(api);
        }
        catch (Failure failure) when (failure.ExitCode is ExitCode.NotSignedIn)
        {
            throw Ended(api);
        }
    }

    private static Failure Ended(ServerApi api) => new(ExitCode.NotSignedIn, $"Your session at {api.Server} has ended: run 'ccc login {api.Server}'.");
}
