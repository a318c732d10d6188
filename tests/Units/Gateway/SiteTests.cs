using System.IO.Compression;
using System.Text;
using Agents.Gateway.Statics;

namespace Agents.Tests.Units.Gateway;

public sealed class SiteTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("agents-site-");
    private readonly Site site;

    public SiteTests()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "index.html"), new string('a', 10_000));
        site = new(folder.FullName);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_Compressed_IsTheSameAndShorter()
    {
        var compressed = await site.Find("index.html")!.ReadAsync("br", Cancellation);

        using var plain = new StreamReader(new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress));
        Assert.Equal(new string('a', 10_000), await plain.ReadToEndAsync(Cancellation));
        Assert.InRange(compressed.Length, 1, 1_000);
        Assert.Same(compressed, await site.Find("index.html")!.ReadAsync("br", Cancellation));
    }

    [Fact]
    public async Task Find_AfterTheFileChanged_IsTheNewOne()
    {
        var before = site.Find("index.html")!;
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "index.html"), "new", Cancellation);

        var after = site.Find("index.html")!;

        Assert.Equal("new", Encoding.UTF8.GetString(await after.ReadAsync("", Cancellation)));
        Assert.NotEqual(before.TagFor(""), after.TagFor(""));
    }

    [Theory]
    [InlineData("missing.html")]
    [InlineData("../secret.txt")]
    [InlineData("assets")]
    [InlineData(".built")]
    public void Find_NotAFileOfTheSite_IsNull(string path)
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "assets"));
        File.WriteAllText(Path.Combine(folder.FullName, ".built"), "");

        Assert.Null(site.Find(path));
    }

    [Fact]
    public void Find_WithoutAFolder_IsNull() => Assert.Null(new Site(Path.Combine(folder.FullName, "nowhere")).Find("index.html"));
}
