using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Posts;

/// <summary>Secrets as whoever runs a task meets them.</summary>
internal static class SecretCalls
{
    /// <summary>By name of the variable, the secret that it is to have, and a plain one. The names stay as they are, which those of an object's own fields don't.</summary>
    public static Dictionary<string, object> Environment(params (string Name, string Secret)[] variables) =>
        new(variables.Select(variable => KeyValuePair.Create<string, object>(variable.Name, new { secret = variable.Secret }))) { ["PLAIN"] = "plain" };

    /// <summary>A task that the device took by HTTP for its agent.</summary>
    public static async Task<Given> TakenAsync(this Machine machine, Api admin, string agent) =>
        await machine.TakeAsync(agent, await admin.SubmitAsync(new { agent_id = agent }));

    public static async Task<Given> TakeAsync(this Machine machine, string agent, string id)
    {
        var taken = await machine.Api.PostAsync($"/api/v1/tasks/{id}/accept", new { agent_id = agent });
        taken.Is(200, 0);
        return new(id, taken.Data.GetProperty("attempt").GetInt32(), taken.Data);
    }

    public static Task<Answer> SecretsAsync(this Api api, Given task) => api.PostAsync($"/api/v1/tasks/{task.Id}/secrets", new { attempt = task.Attempt });
}
