namespace Agents.Tests.Units.Genuine;

/// <summary>
/// What we mirror of packages that may not restore is held against a record of the genuine public API: whatever of ours can be
/// called can be called with the genuine package too, by the same names and with the same defaults. So AppHost.cs, the typed
/// clients and the services compile unchanged with -p:StandIns=false.
/// </summary>
public sealed class GenuineSignatures
{
    private static readonly string[] HostingPackages =
        ["Aspire.Hosting", "Aspire.Hosting.PostgreSQL", "Aspire.Hosting.Redis", "Aspire.Hosting.Testing"];

    // The two integrations live among our own service defaults, which have much else that is only ours.
    private static readonly string[] IntegrationTypes =
        ["Microsoft.Extensions.Hosting.AspireEFPostgreSqlExtensions", "Microsoft.Extensions.Hosting.AspireRedisExtensions",
            "Aspire.Npgsql.", "Aspire.StackExchange."];

    // What the generated clients call. It has to be public, since they are part of other assemblies; nobody writes it by hand.
    private const string RefitRuntime = "Refit.StandIn.";

    [Fact]
    public void Hosting_EveryPublicMember_IsGenuine() =>
        AssertGenuine(Ours.SignaturesIn("Agents.Hosting"), HostingPackages);

    [Theory]
    [InlineData("Refit")]
    [InlineData("Refit.HttpClientFactory")]
    public void Refit_EveryPublicMember_IsGenuine(string package) =>
        AssertGenuine(Ours.SignaturesIn(package).Where(s => !s.Contains(RefitRuntime)), package);

    [Fact]
    public void Integrations_EveryPublicMember_IsGenuine() =>
        AssertGenuine(
            Ours.SignaturesIn("Agents.ServiceDefaults").Where(s => IntegrationTypes.Any(s.Contains)),
            "Aspire.Npgsql.EntityFrameworkCore.PostgreSQL", "Aspire.StackExchange.Redis");

    [Theory]
    [InlineData("AddNpgsqlDbContext<TContext>(", "Aspire.Npgsql.EntityFrameworkCore.PostgreSQL")]
    [InlineData("AddRedisClient(", "Aspire.StackExchange.Redis")]
    public void Integration_AsTheServicesCallIt_IsMirrored(string call, string package) =>
        Assert.Contains(
            Recording.Of(package).Signatures.Single(s => s.Contains(call, StringComparison.Ordinal)),
            Ours.SignaturesIn("Agents.ServiceDefaults"));

    [Theory]
    [InlineData("Aspire.Hosting")]
    [InlineData("Aspire.Hosting.PostgreSQL")]
    [InlineData("Aspire.Hosting.Redis")]
    [InlineData("Aspire.Hosting.Testing")]
    [InlineData("Aspire.Npgsql.EntityFrameworkCore.PostgreSQL")]
    [InlineData("Aspire.StackExchange.Redis")]
    [InlineData("Refit")]
    [InlineData("Refit.HttpClientFactory")]
    public void Recording_FirstLine_NamesPackageVersionAndCommit(string package) =>
        Assert.Matches($@"^# {package} \d+\.\d+\.\d+, recorded from the source at \S+ tag \S+, commit [0-9a-f]{{40}}$", Recording.Of(package).Header);

    private static void AssertGenuine(IEnumerable<string> ours, params string[] packages)
    {
        var genuine = packages.SelectMany(package => Recording.Of(package).Signatures).ToHashSet(StringComparer.Ordinal);
        var mirrored = ours.ToList();
        var invented = mirrored.Where(signature => !genuine.Contains(signature)).ToList();

        Assert.NotEmpty(mirrored);
        Assert.True(invented.Count == 0, $"Not in {string.Join(", ", packages)}:\n{string.Join('\n', invented)}");
    }
}
