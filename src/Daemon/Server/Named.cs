using Agents.Contracts;

namespace Agents.Daemon.Server;

/// <summary>What a person means: an id, or a name where only one has it.</summary>
internal static class Named
{
    public static async Task<string> PostAsync(SignedIn server, string meant, CancellationToken cancellationToken)
    {
        if (Ids.IsValid(meant) && await server.Api.PostAsync(meant, server.Credential, cancellationToken) is { } post)
        {
            return post.Id;
        }

        var found = await server.Api.PostsAsync($"q={Uri.EscapeDataString(meant)}&page_size={Paging.MaxSize}", server.Credential, cancellationToken);
        return Only([.. found.Items.Where(p => IsCalled(p.Name, meant)).Select(p => p.Id)], "post", "ccc posts", meant);
    }

    public static async Task<string> AgentAsync(SignedIn server, string meant, CancellationToken cancellationToken)
    {
        if (Ids.IsValid(meant) && await server.Api.AgentAsync(meant, server.Credential, cancellationToken) is { } agent)
        {
            return agent.Id;
        }

        var found = await server.Api.AgentsAsync($"q={Uri.EscapeDataString(meant)}&page_size={Paging.MaxSize}", server.Credential, cancellationToken);
        return Only([.. found.Items.Where(a => IsCalled(a.Name, meant)).Select(a => a.Id)], "agent", "ccc agents", meant);
    }

    private static bool IsCalled(string name, string meant) => string.Equals(name, meant, StringComparison.OrdinalIgnoreCase);

    private static string Only(IReadOnlyList<string> ids, string what, string command, string meant) => ids switch
    {
        [var id] => id,
        [] => throw new Failure(ExitCode.Failed, $"There is no {what} {meant}. '{command}' shows those that there are."),
        _ => throw new Failure(ExitCode.Usage, $"{ids.Count} are called {meant}. Say which by its id: {string.Join(", ", ids.Take(5))}{(ids.Count > 5 ? ", ..." : "")}"),
    };
}
