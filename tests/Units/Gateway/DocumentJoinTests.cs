using System.Text.Json.Nodes;
using Agents.Gateway.Documents;

namespace Agents.Tests.Units.Gateway;

public sealed class DocumentJoinTests
{
    private static JsonObject Document(string path, string schemas, string schema = "Item") => new()
    {
        ["openapi"] = "3.1.1",
        ["paths"] = new JsonObject { [path] = new JsonObject { ["get"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/" + schema } } } },
        ["components"] = new JsonObject { ["schemas"] = JsonNode.Parse(schemas) },
        ["tags"] = new JsonArray(new JsonObject { ["name"] = "T" }),
    };

    private static string RefAt(JsonObject joined, string path) =>
        joined["paths"]![path]!["get"]!["schema"]!["$ref"]!.GetValue<string>();

    private static IEnumerable<string> Schemas(JsonObject joined) => ((JsonObject)joined["components"]!["schemas"]!).Select(s => s.Key);

    [Fact]
    public void Join_SameSchemaTwice_IsShared()
    {
        var joined = DocumentJoin.Join([("a", Document("/a", """{"Item":{"type":"object"}}""")), ("b", Document("/b", """{"Item":{"type":"object"}}"""))], []);

        Assert.Equal(["Item"], Schemas(joined));
        Assert.Equal("#/components/schemas/Item", RefAt(joined, "/a"));
        Assert.Equal("#/components/schemas/Item", RefAt(joined, "/b"));
        Assert.Single((JsonArray)joined["tags"]!);
    }

    [Fact]
    public void Join_SameNameForAnother_IsNamedAfterItsService()
    {
        var joined = DocumentJoin.Join([("a", Document("/a", """{"Item":{"type":"object"}}""")), ("registry", Document("/b", """{"Item":{"type":"string"}}"""))], []);

        Assert.Equal(["Item", "RegistryItem"], Schemas(joined));
        Assert.Equal("#/components/schemas/Item", RefAt(joined, "/a"));
        Assert.Equal("#/components/schemas/RegistryItem", RefAt(joined, "/b"));
    }

    [Fact]
    public void Join_SameWordsAboutDifferentThings_AreTwo()
    {
        const string List = """ "List":{"type":"array","items":{"$ref":"#/components/schemas/Item"}} """;
        var joined = DocumentJoin.Join(
            [
                ("a", Document("/a", $$"""{"Item":{"type":"object"},{{List}} }""", "List")),
                ("b", Document("/b", $$"""{"Item":{"type":"string"},{{List}} }""", "List")),
            ],
            []);

        Assert.Equal(["Item", "List", "BItem", "BList"], Schemas(joined));
        Assert.Equal("#/components/schemas/BList", RefAt(joined, "/b"));
        Assert.Equal("#/components/schemas/BItem", joined["components"]!["schemas"]!["BList"]!["items"]!["$ref"]!.GetValue<string>());
    }

    [Fact]
    public void Join_OnePathOfTwoServices_HasTheMethodsOfBoth()
    {
        var first = Document("/a", """{"Item":{"type":"object"}}""");
        var second = (JsonObject)JsonNode.Parse("""{"paths":{"/a":{"post":{},"get":{"x":1}}}}""")!;

        var joined = DocumentJoin.Join([("a", first), ("b", second)], []);

        Assert.Equal(["get", "post"], ((JsonObject)joined["paths"]!["/a"]!).Select(m => m.Key));
        Assert.Equal("#/components/schemas/Item", RefAt(joined, "/a"));
    }

    [Fact]
    public void Join_ServicesMissing_SaysWhich()
    {
        var joined = DocumentJoin.Join([], ["posts", "realtime"]);

        Assert.Contains("posts, realtime", joined["info"]!["description"]!.GetValue<string>());
        Assert.Equal(2, ((JsonArray)joined["info"]!["x-missing"]!).Count);
        Assert.Null(DocumentJoin.Join([], [])["info"]!["x-missing"]);
    }

    [Fact]
    public void Join_WhatItWasGiven_StaysAsItWas()
    {
        var part = Document("/b", """{"Item":{"type":"string"}}""");
        var before = part.ToJsonString();

        DocumentJoin.Join([("a", Document("/a", """{"Item":{"type":"object"}}""")), ("b", part)], []);

        Assert.Equal(before, part.ToJsonString());
    }
}
