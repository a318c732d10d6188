using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Contracts.Scheduler;
using Agents.Posts.Configs;
using Agents.Posts.Secrets;
using Agents.Scheduler.Attempts;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Secrets;

namespace Agents.Tests.Units.Posts;

public sealed class SecretsTests
{
    private static readonly SecretScope Post = SecretScope.OfPost("p");
    private static readonly SecretScope Agent = SecretScope.OfAgent("p");

    private readonly SecretSeal _seal = new(new MasterKey(new string('m', 40)));

    [Fact]
    public void Open_WhatWasSealed_IsThatAgainAndLiesThereNowhere()
    {
        var (key, value) = _seal.Seal(Post, "token", "sësame");

        Assert.Equal("sësame", _seal.Open(Post, "token", key, value));
        Assert.DoesNotContain("same", Encoding.Latin1.GetString([.. key, .. value]));
        Assert.NotEqual(value, _seal.Seal(Post, "token", "sësame").Sealed);
    }

    [Fact]
    public void Open_MovedMixedOrWithAnotherMasterKey_SaysWhichSecretAndNoValue()
    {
        var (key, value) = _seal.Seal(Post, "token", "sesame");
        var other = _seal.Seal(Post, "token", "another");

        Fails(() => _seal.Open(Post, "other", key, value));
        Fails(() => _seal.Open(Agent, "token", key, value));
        Fails(() => _seal.Open(SecretScope.OfPost("q"), "token", key, value));
        Fails(() => _seal.Open(Post, "token", other.WrappedKey, value));
        Fails(() => _seal.Open(Post, "token", key, []));
        Fails(() => new SecretSeal(new MasterKey(new string('n', 40))).Open(Post, "token", key, value));
    }

    [Fact]
    public void Opens_WithoutItsValue_TellsWhoseKeyItIs()
    {
        var (key, _) = _seal.Seal(Post, "token", "sesame");

        Assert.True(_seal.Opens(Post, "token", key));
        Assert.False(_seal.Opens(Post, "other", key));
        Assert.False(new SecretSeal(new MasterKey(new string('n', 40))).Opens(Post, "token", key));
    }

    [Fact]
    public void Lacking_NamesWhatIsToBeWrittenAndWhere()
    {
        Assert.Equal("The agent a needs secrets that nobody has written, for it or its post p: x, y.", Delivery.Lacking("a", "p", ["x", "y"]));
        Assert.Equal("The agent a needs secrets that nobody has written, for it: x.", Delivery.Lacking("a", null, ["x"]));
    }

    [Theory]
    [InlineData("device:d", "x", "d", false)]
    [InlineData("agent:a", "d", null, true)]
    [InlineData("rest:a:0:1", "d", "d", true)]
    [InlineData("rest:a:0:1", null, null, true)]
    public void Of_Holder_IsWhoRunsTheAttempt(string holder, string? device, string? running, bool byItself) =>
        Assert.Equal(new AttemptHolder("a", running, byItself, true), HoldersApi.Of("a", device, holder, true));

    [Theory]
    [InlineData(Roles.Agent, "d", true, false)]
    [InlineData(Roles.Agent, "a", false, false)]
    [InlineData(Roles.OwnAgent, "a", false, true)]
    [InlineData(Roles.OwnAgent, "d", false, false)]
    [InlineData(Roles.Admin, "a", false, false)]
    [InlineData(Roles.Admin, "d", false, false)]
    public void IsHeldBy_AnybodyOfThatId_IsAskedByWhatHeShows(string role, string id, bool overDevice, bool byItself)
    {
        var caller = new Caller(id, "", "", [role], "", "");

        Assert.Equal(overDevice, Holders.IsHeldBy(new("a", "d", false, true), caller));
        Assert.Equal(byItself, Holders.IsHeldBy(new("a", null, true, true), caller));
    }

    [Fact]
    public void Chosen_TheAgentsOwn_GoesBeforeThePosts()
    {
        SealedSecret[] own = [Sealed("a", 7)];
        SealedSecret[] ofPost = [Sealed("a", 1), Sealed("b", 2)];

        var given = Delivery.Chosen("x", own, "p", ofPost, ["a", "b", "c"]);

        Assert.Equal([("agent", "x", "a", 7), ("post", "p", "b", 2)], given.Select(secret => (secret.Scope.Kind, secret.Scope.Id, secret.Name, secret.Version)));
        Assert.Equal(["a"], Delivery.Chosen("x", own, null, [], ["a", "b"]).Select(secret => secret.Name));
    }

    [Fact]
    public void Secrets_OfAConfiguration_AreWhatHoldsInTheEnd()
    {
        var post = JsonElement.Parse("""{"environment":{"A":{"secret":"s"},"B":{"secret":"t"},"C":"plain","D":"plain"}}""");
        var config = EffectiveConfig.Of(Tree(post), Tree(JsonElement.Parse("""{"environment":{"A":{"secret":"u"},"B":"plain","D":{"secret":"v"},"E":{"secret":"u"}}}""")));

        Assert.Equal([("A", "u"), ("D", "v"), ("E", "u")], config.Secrets.Select(variable => (variable.Key, variable.Value)).Order());
        Assert.Empty(EffectiveConfig.Of([], []).Secrets);
    }

    [Theory]
    [InlineData("""{"value":"x"}""", null)]
    [InlineData("""{}""", "value")]
    [InlineData("""{"value":""}""", "value")]
    [InlineData("""{"value":"a\u0000b"}""", "value")]
    [InlineData("""{"value":"x","valeu":"y"}""", "valeu")]
    public void Validate_ASecret_IsOneByteAtLeastAndText(string json, string? field)
    {
        var problems = new Problems();
        JsonSerializer.Deserialize<SecretRequest>(json, WireJson.Options)!.Validate(problems);

        Assert.Equal(field ?? "", string.Join(' ', problems.ToErrors().Errors.Keys));
    }

    [Theory]
    [InlineData(64 * 1024, false)]
    [InlineData((64 * 1024) + 1, true)]
    public void Validate_ASecret_IsMeasuredInBytes(int bytes, bool isTooLong)
    {
        var problems = new Problems();
        new SecretRequest("工" + new string('x', bytes - 3)).Validate(problems);

        Assert.Equal(isTooLong, problems.Any);
    }

    [Fact]
    public void ToString_OfWhatHasValues_HasNone() =>
        Assert.DoesNotContain("sesame", $"{new SecretRequest("sesame")} {new TaskSecrets(new Dictionary<string, string> { ["A"] = "sesame" })}");

    private static void Fails(Action open)
    {
        var e = Assert.Throws<SecretStaysShut>(open);

        Assert.Contains("AGENTS_MASTER_KEY", e.Message);
        Assert.DoesNotContain("sesame", e.ToString());
    }

    private static SealedSecret Sealed(string name, int version) => new(name, version, [1], [2]);

    private static JsonObject Tree(JsonElement json) => (JsonObject)TemplateJson.Tree(json)!;
}
