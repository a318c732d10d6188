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
}
