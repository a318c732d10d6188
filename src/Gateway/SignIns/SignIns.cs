namespace Agents.Gateway.SignIns;

internal static class SignIns
{
    public static void AddSignIns(this WebApplicationBuilder builder) => builder.Services.AddSingleton<SignInGuard>();
}
