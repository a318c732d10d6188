using Agents.ServiceDefaults.Data;
using Npgsql;

namespace Agents.Tests.Units.Data;

public sealed class ConnectionDefaultsTests
{
    [Fact]
    public void Under_StringThatSaysNothing_PreparesAndDoesNotReset()
    {
        var used = new NpgsqlConnectionStringBuilder(ConnectionDefaults.Under("Host=there;Password='a;b'"));

        Assert.Equal(("there", "a;b", true), (used.Host, used.Password, used.NoResetOnClose));
        Assert.True(used.MaxAutoPrepare > 0);
    }

    [Fact]
    public void Under_StringThatSaysOtherwise_IsObeyed()
    {
        var used = new NpgsqlConnectionStringBuilder(ConnectionDefaults.Under("Host=pooler;MaxAutoPrepare=0;No Reset On Close=false"));

        Assert.Equal((0, false), (used.MaxAutoPrepare, used.NoResetOnClose));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Under_NoString_StaysNone(string? none) => Assert.Equal(none, ConnectionDefaults.Under(none));
}
