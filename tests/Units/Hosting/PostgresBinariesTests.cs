using System.Text.Json;
using Agents.Hosting;
using Agents.Hosting.Engine;

namespace Agents.Tests.Units.Hosting;

public sealed class PostgresBinariesTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "binaries", Path.GetRandomFileName())).FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null, 17)]
    [InlineData(15, 15)]
    [InlineData(16, null)]
    [InlineData(13, null)]
    public void Choose_WithAndWithoutData_TakesTheNewestOrTheOneThatWroteIt(int? written, int? chosen)
    {
        var found = new[] { Installed(13), Installed(15), Installed(17), new PostgresBinaries(Path.Combine(_folder, "18"), 18) };

        Assert.Equal(chosen, LocalBinaries.Choose(found, written)?.Major);
    }

    [Fact]
    public void Complete_LinksOfThePackage_AreMadeInsideIt()
    {
        var package = Package(new { source = "native/lib/libpq.so.5.18", target = "native/lib/libpq.so.5" });
        EmbeddedBinaries.Complete(package);
        EmbeddedBinaries.Complete(package);

        var link = new FileInfo(Path.Combine(package, "native/lib/libpq.so.5"));
        Assert.Equal("libpq.so.5.18", link.LinkTarget);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(package, "native/bin/postgres")).HasFlag(UnixFileMode.OtherExecute));
    }

    [Theory]
    [InlineData("../../outside", "native/lib/x")]
    [InlineData("native/lib/libpq.so.5.18", "../outside")]
    [InlineData("/etc/passwd", "native/lib/x")]
    public void Complete_ALinkThatLeadsOut_IsRefused(string source, string target)
    {
        var package = Package(new { source, target });

        var refusal = Assert.Throws<DistributedApplicationException>(() => EmbeddedBinaries.Complete(package));
        Assert.Contains("leads out of the package", refusal.Message);
    }

    private PostgresBinaries Installed(int major)
    {
        var binaries = new PostgresBinaries(Directory.CreateDirectory(Path.Combine(_folder, major.ToString())).FullName, major);
        File.WriteAllText(binaries.InitDb, "");
        File.WriteAllText(binaries.Postgres, "");
        return binaries;
    }

    private string Package(object link)
    {
        var package = Path.Combine(_folder, "package");
        Directory.CreateDirectory(Path.Combine(package, "native", "bin"));
        Directory.CreateDirectory(Path.Combine(package, "native", "lib"));
        File.WriteAllText(Path.Combine(package, "native", "bin", "postgres"), "");
        File.WriteAllText(Path.Combine(package, "native", "lib", "libpq.so.5.18"), "");
        File.WriteAllText(Path.Combine(package, "native", "pg-symlinks.json"), JsonSerializer.Serialize(new[] { link }));
        return package;
    }
}
