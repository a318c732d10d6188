using System.IO.Compression;
using System.Text;
using Agents.Gateway.Statics;

namespace Agents.Tests.Units.Gateway;

public sealed class SiteTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agents-site-");
    private readonly Site _site;

    public SiteTests()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "index.html"), new string('a', 10_000));
        _site = new(_folder.FullName);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_Compressed_IsTheSameAndShorter()
    {
        var compressed = await _site.Find("index.html")!.ReadAsync("br", Cancellation);

        using var plain = new StreamReader(new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress));
        Assert.Equal(new string('a', 10_000), await plain.ReadToEndAsync(Cancellation));
        Assert.InRange(compressed.Length, 1, 1_000);
        Assert.Same(compressed, await _site.Find("index.html")!.ReadAsync("br", Cancellation));
    }

    [Fact]
    public async Task Find_AfterTheFileChanged_IsTheNewOne()
    {
        var before = _site.Find("index.html")!;
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "index.html"), "new", Cancellation);

        var after = _site.Find("index.html")!;

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
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "assets"));
        File.WriteAllText(Path.Combine(_folder.FullName, ".built"), "");

        Assert.Null(_site.Find(path));
    }

    [Fact]
    public void Find_WithoutAFolder_IsNull() => Assert.Null(new Site(Path.Combine(_folder.FullName, "nowhere")).Find("index.html"));
}
