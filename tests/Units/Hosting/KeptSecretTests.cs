using Agents.Hosting;

namespace Agents.Tests.Units.Hosting;

public sealed class KeptSecretTests : IDisposable
{
    private readonly string _folder = Path.Combine(AppContext.BaseDirectory, "secrets", Path.GetRandomFileName());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ReadOrCreate_Twice_IsMadeOnceAndForItsOwnerOnly()
    {
        Assert.Equal("first", KeptSecret.ReadOrCreate(_folder, "key", () => "first"));
        Assert.Equal("first", KeptSecret.ReadOrCreate(_folder, "key", () => "second"));

        Assert.True(OperatingSystem.IsWindows()
            || File.GetUnixFileMode(Path.Combine(_folder, "key")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void ReadOrCreate_HalfAFileOfACrash_IsMadeAnew()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "key.new"), "half");

        Assert.Equal("whole", KeptSecret.ReadOrCreate(_folder, "key", () => "whole"));
    }
}
