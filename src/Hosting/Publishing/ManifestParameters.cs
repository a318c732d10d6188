using System.Text.Json.Nodes;
using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Publishing;

/// <summary>A parameter is an input of the deployment: asked for, or generated where it has a recipe. Its value here is never written.</summary>
internal static class ManifestParameters
{
    public static JsonObject Write(ParameterResource parameter)
    {
        var input = new JsonObject { ["type"] = "string" };
        if (parameter.Secret)
        {
            input["secret"] = true;
        }

        if (Default(parameter) is { } fallback)
        {
            input["default"] = fallback;
        }

        return new JsonObject
        {
            ["type"] = "parameter.v0",
            ["value"] = $"{{{parameter.Name}.inputs.value}}",
            ["inputs"] = new JsonObject { ["value"] = input },
        };
    }

    private static JsonObject? Default(ParameterResource parameter) => parameter.Default switch
    {
        null => null,
        GenerateParameterDefault recipe => new JsonObject { ["generate"] = Generate(recipe) },
        // A fixed default that is a secret stays here: the deployment asks for it.
        _ when parameter.Secret => null,
        var fixedDefault => new JsonObject { ["value"] = fixedDefault.GetDefaultValue() },
    };

    // Only what differs from the reader's own defaults, which are: all kinds of characters, none required.
    private static JsonObject Generate(GenerateParameterDefault recipe)
    {
        var written = new JsonObject { ["minLength"] = recipe.MinLength };
        foreach (var (name, allowed) in new[]
            { ("lower", recipe.Lower), ("upper", recipe.Upper), ("numeric", recipe.Numeric), ("special", recipe.Special) })
        {
            if (!allowed)
            {
                written[name] = false;
            }
        }

        foreach (var (name, least) in new[]
            {
                ("minLower", recipe.MinLower), ("minUpper", recipe.MinUpper),
                ("minNumeric", recipe.MinNumeric), ("minSpecial", recipe.MinSpecial),
            })
        {
            if (least != 0)
            {
                written[name] = least;
            }
        }

        return written;
    }
}
