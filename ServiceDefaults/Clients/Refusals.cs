using System.Net;
using System.Text.Json;
using Agents.Contracts;
using Refit;

namespace Agents.ServiceDefaults.Clients;

public static class Refusals
{
    /// <summary>Why another service refused, in its own words: to be passed on. Null where it said nothing that we understand.</summary>
    public static Envelope<FieldErrors>? Refusal(this ApiException e)
    {
        try
        {
            return e.Content is null ? null : JsonSerializer.Deserialize<Envelope<FieldErrors>>(e.Content, WireJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null where it says that there is none; every other failure stays one.</summary>
    public static async Task<T?> OrNoneAsync<T>(this Task<T> answer)
        where T : class
    {
        try
        {
            return await answer;
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The same of what has no answer: false where there is none.</summary>
    public static async Task<bool> WasThereAsync(this Task deed)
    {
        try
        {
            await deed;
            return true;
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
