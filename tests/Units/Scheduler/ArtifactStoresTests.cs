using System.Security.Cryptography;
using Agents.Scheduler.Artifacts.Stores;
using Agents.ServiceDefaults.Files;

namespace Agents.Tests.Units.Scheduler;

/// <summary>The stores outside against stand-ins that check each signature.</summary>
public sealed class ArtifactStoresTests : IAsyncLifetime
{
    private const int Part = S3Store.PartBytes;

    private readonly ArtifactS3StandIn _s3 = new();
    private readonly ArtifactAzureStandIn _azure = new();

    public async ValueTask InitializeAsync()
    {
        await _s3.StartAsync();
        await _azure.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _s3.DisposeAsync();
        await _azure.DisposeAsync();
    }

    [Theory]
    [InlineData("s3", 0)]
    [InlineData("s3", 1_000)]
    [InlineData("s3", Part)]
    [InlineData("s3", (2 * Part) + 1)]
    [InlineData("azure", 0)]
    [InlineData("azure", 1_000)]
    [InlineData("azure", Part)]
    [InlineData("azure", (2 * Part) + 1)]
    public async Task Write_OfAnyLength_IsReadAsItWasFromAnyPlace(string kind, int length)
    {
        var (store, standIn) = Of(kind);
        var (id, content) = (Guid.NewGuid(), RandomNumberGenerator.GetBytes(length));

        await WriteAsync(store, id, new MemoryStream(content));

        Assert.Equal(content, await ReadAsync(store, id, length, 0));
        Assert.Equal(content[(length / 3)..], await ReadAsync(store, id, length, length / 3));
        Assert.Empty(standIn.Pieces);
        await store.CheckAsync(TestContext.Current.CancellationToken);
        await store.DeleteAsync([id], TestContext.Current.CancellationToken);
        Assert.Empty(standIn.Blobs);
        Assert.Empty(standIn.Refused);
    }

    [Theory]
    [InlineData("s3")]
    [InlineData("azure")]
    public async Task Delete_OfAnUploadThatBrokeOff_LeavesNoPieces(string kind)
    {
        var (store, standIn) = Of(kind);
        var (broken, whole) = (Guid.NewGuid(), Guid.NewGuid());
        await WriteAsync(store, whole, new MemoryStream([1, 2, 3]));

        await Assert.ThrowsAsync<IOException>(() => WriteAsync(store, broken, new Breaking(Part + 5)));
        Assert.NotEmpty(standIn.Pieces);
        await store.DeleteAsync([broken, Guid.NewGuid()], TestContext.Current.CancellationToken);

        Assert.Empty(standIn.Pieces);
        Assert.Equal([1, 2, 3], Assert.Single(standIn.Blobs).Value);
    }

    [Theory]
    [InlineData("s3")]
    [InlineData("azure")]
    public async Task Write_ToAStoreThatIsBusyForAMoment_GoesOn(string kind)
    {
        var (store, standIn) = Of(kind);
        standIn.FailNext(2);

        await WriteAsync(store, Guid.NewGuid(), new MemoryStream([1]));

        Assert.Single(standIn.Blobs);
        Assert.Equal(3, standIn.Asked.Count);
    }

    [Fact]
    public async Task Check_WithAnotherKey_SaysWhatTheStoreSaid()
    {
        var wrong = new S3Store(new() { Endpoint = _s3.Address, Bucket = ArtifactS3StandIn.Bucket, Region = ArtifactS3StandIn.Region, AccessKey = ArtifactS3StandIn.AccessKey, SecretKey = "another" }, TimeProvider.System);

        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => wrong.CheckAsync(TestContext.Current.CancellationToken));

        Assert.Contains("403", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("SignatureDoesNotMatch", refusal.Message, StringComparison.Ordinal);
    }

    private (IArtifactStore Store, ArtifactStandIn StandIn) Of(string kind) => kind == "s3"
        ? (new S3Store(
            new() { Endpoint = _s3.Address, Bucket = ArtifactS3StandIn.Bucket, Region = ArtifactS3StandIn.Region, AccessKey = ArtifactS3StandIn.AccessKey, SecretKey = ArtifactS3StandIn.SecretKey },
            TimeProvider.System), _s3)
        : (new AzureStore(new() { ConnectionString = _azure.ConnectionString, Container = ArtifactAzureStandIn.Container }, TimeProvider.System), _azure);

    private static async Task WriteAsync(IArtifactStore store, Guid id, Stream content)
    {
        using var body = new UploadBody(content, 1 << 30);
        await store.WriteAsync(id, body, TestContext.Current.CancellationToken);
    }

    private static async Task<byte[]> ReadAsync(IArtifactStore store, Guid id, int length, int from)
    {
        await using var stream = new ArtifactStream(store, id, length) { Position = from };
        var memory = new MemoryStream();
        await stream.CopyToAsync(memory, TestContext.Current.CancellationToken);
        return memory.ToArray();
    }

    /// <summary>Gives so much, and breaks.</summary>
    private sealed class Breaking(int length) : MemoryStream(new byte[length])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("It broke off.");
    }
}
