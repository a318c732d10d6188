using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http;

namespace Agents.Tests.Units.Envelopes;

public sealed class BadInputTests
{
    private static BadHttpRequestException Reading(string json)
    {
        try
        {
            JsonSerializer.Deserialize<LoginRequest>(json, WireJson.Options);
            throw new InvalidOperationException("This JSON is good.");
        }
        catch (JsonException e)
        {
            return new("Failed to read", 400, e);
        }
    }

    [Fact]
    public void Explain_WrongType_NamesTheField() =>
        Assert.Equal(["has the wrong type or value"], BadInput.Explain(Reading("""{"email":{}}""")).Errors!.Errors["email"]);

    [Theory]
    [InlineData("{bad")]
    [InlineData("")]
    public void Explain_NotJson_SaysWhere(string json)
    {
        var (message, errors) = BadInput.Explain(Reading(json));

        Assert.StartsWith("The body is not valid JSON", message);
        Assert.Null(errors);
    }

    [Theory]
    [InlineData("Failed to bind parameter \"int pageSize\" from \"abc\".", "page_size", "has the wrong type or value")]
    [InlineData("Failed to bind parameter \"Nullable<int> page\" from \"x\".", "page", "has the wrong type or value")]
    [InlineData("Required parameter \"string deviceId\" was not provided from query string.", "device_id", "is required")]
    public void Explain_Binding_NamesTheParameterAsTheWireDoes(string said, string field, string problem) =>
        Assert.Equal([problem], BadInput.Explain(new(said)).Errors!.Errors[field]);
}
