using Agents.Hosting;

namespace Agents.Tests.Units.Hosting;

public class CommandLineTests
{
    [Fact]
    public void Parse_FlagBeforeOption_LeavesTheOptionAlone()
    {
        var options = CommandLine.Parse(["--no-local-device", "--publisher", "manifest", "--output-path=a=b.json", "--last"]);

        Assert.Equal("true", options["no-local-device"]);
        Assert.Equal("manifest", options["publisher"]);
        Assert.Equal("a=b.json", options["output-path"]);
        Assert.Equal("true", options["last"]);
    }
}
