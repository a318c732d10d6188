using System.Text;
using System.Text.Json;

namespace Agents.Bench.Tasks;

/// <summary>Submits as they go over the wire: for each agent one, by people in turn, because the gateway's limit is per person.</summary>
internal sealed class SubmitRequests(Uri gateway, IReadOnlyList<string> tokens)
{
    public IReadOnlyList<byte[]> Single(IReadOnlyList<string> agents) =>
        [.. Pairs(agents).Select(pair => Post("/api/v1/tasks", pair.Token, JsonSerializer.Serialize(Body(pair.Agent, 0))))];

    /// <summary>All of a batch are for agents in turn.</summary>
    public IReadOnlyList<byte[]> Batch(IReadOnlyList<string> agents, int each) =>
        [.. tokens.Select(token => Post("/api/v1/tasks/batch", token, JsonSerializer.Serialize(new { tasks = Enumerable.Range(0, each).Select(n => Body(agents[n % agents.Count], n)) })))];

    /// <summary>By the one who may cancel it by <see cref="Cancel"/>.</summary>
    public byte[] First(string agent) => Post("/api/v1/tasks", tokens[0], JsonSerializer.Serialize(Body(agent, 0)));

    public byte[] Cancel(Guid task) => Post($"/api/v1/tasks/{task}/cancel", tokens[0], "{}");

    private IEnumerable<(string Token, string Agent)> Pairs(IReadOnlyList<string> agents) =>
        Enumerable.Range(0, tokens.Count * agents.Count).Select(n => (tokens[n % tokens.Count], agents[n % agents.Count]));

    private static object Body(string agent, int n) => new { agent_id = agent, type = "bench", prompt = "Do nothing, and say so.", input = new { n } };

    private byte[] Post(string path, string token, string body) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {gateway.Authority}\r\nAccept: application/json\r\nUser-Agent: agents-bench\r\nAuthorization: Bearer {token}\r\n"
        + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
