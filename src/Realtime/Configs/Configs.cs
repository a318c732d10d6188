using Agents.Contracts.Posts;
using Agents.ServiceDefaults.Clients;
using Agents.ServiceDefaults.Loops;

namespace Agents.Realtime.Configs;

internal static class Configs
{
    public static void AddConfigs(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<IPostsInternal>("posts");
        builder.Services.AddSingleton<ConfigQueue>();
        builder.Services.AddHostedService<PostsFeed>();
        builder.Services.AddHostedService<ConfigPush>();
        builder.Services.AddLoop<HeldConfigReports>();
    }
}
