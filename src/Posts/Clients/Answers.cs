using System.Net;
using System.Text.Json;
using Agents.Contracts;
using Refit;

namespace Agents.Posts.Clients;

/// <summary>What the other services answer, as it is meant for whoever asks us.</summary>
internal static class Answers
{
    /// <summary>Null where there is none; every other failure stays one.</summary>
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

    /// <summary>The envelope of a refusal, which may name fields; null where it is none.</summary>
    public static Envelope<FieldErrors>? ReadErrors(this ApiException e)
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
}
