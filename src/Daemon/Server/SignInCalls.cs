using Agents.Contracts.Identity;

namespace Agents.Daemon.Server;

/// <summary>Who is at the terminal.</summary>
internal static class SignInCalls
{
    private static readonly DaemonJson Json = DaemonJson.Wire;

    public static Task<TokenReply> LogInAsync(this ServerApi api, LoginRequest request, CancellationToken cancellationToken) =>
        api.PostAsync("auth/login", request, Json.LoginRequest, Json.TokenReply, null, cancellationToken);

    public static Task<TokenReply> RefreshAsync(this ServerApi api, string refreshToken, CancellationToken cancellationToken) =>
        api.PostAsync("auth/refresh", new(refreshToken), Json.RefreshRequest, Json.TokenReply, null, cancellationToken);

    public static Task LogOutAsync(this ServerApi api, string credential, CancellationToken cancellationToken) =>
        api.PostAsync("auth/logout", new(), Json.Nothing, Json.Nothing, credential, cancellationToken);

    public static async Task<MeReply> MeAsync(this ServerApi api, string credential, CancellationToken cancellationToken) =>
        await api.GetAsync("auth/me", Json.MeReply, credential, cancellationToken) ?? throw api.Strange("auth/me");
}
