using Agents.AppHost;

namespace Agents.Tests.Units.Hosting;

public class SettingsTests
{
    private readonly Dictionary<string, string?> _environment = [];

    [Fact]
    public void Read_NothingSet_ListensOnLoopback()
    {
        var settings = Read();

        Assert.Equal(("127.0.0.1", 8080, 9090, "http"), (settings.Address, settings.Port, settings.GrpcPort, settings.Scheme));
        Assert.Equal("admin@localhost", settings.AdminEmail);
        Assert.Equal(Path.GetFullPath("/srv/agents/.data"), settings.Data);
        Assert.False(settings.OpenRegistration || settings.NeedsRedis || settings.IsDevelopment);
        Assert.True(settings.LocalDevice);
    }

    [Fact]
    public void Read_OptionAndVariable_TheOptionCounts()
    {
        _environment["AGENTS_PORT"] = "81";

        Assert.Equal(81, Read().Port);
        Assert.Equal(82, Read("--port", "82").Port);
        Assert.Equal(83, Read("--port=83", "--no-local-device").Port);
    }

    [Theory]
    [InlineData("127.0.0.1:81", "127.0.0.1", 81)]
    [InlineData("localhost:81", "127.0.0.1", 81)]
    [InlineData("[::1]:81", "[::1]", 81)]
    [InlineData("127.0.0.2", "127.0.0.2", 8080)]
    [InlineData("::1", "[::1]", 8080)]
    [InlineData(":81", "127.0.0.1", 81)]
    public void Read_Listen_IsAnAddressAndAPort(string listen, string address, int port)
    {
        var settings = Read("--listen", listen);

        Assert.Equal((address, port), (settings.Address, settings.Port));
    }

    [Fact]
    public void Read_BeyondLoopback_WantsTlsOrProxies()
    {
        Assert.Contains("passwords and tokens would travel in the clear", Refused("--listen", "0.0.0.0:443"));
        Assert.Contains("passwords and tokens would travel in the clear", Refused("--listen", "[::]:443"));
        Assert.Equal("0.0.0.0", Read("--listen", "0.0.0.0:443", "--trusted-proxies", "10.0.0.0/8, 192.0.2.1").Address);

        var file = typeof(SettingsTests).Assembly.Location;
        Assert.Equal("https", Read("--listen", "0.0.0.0:443", "--tls-cert", file, "--tls-key", file).Scheme);
    }

    [Fact]
    public void Read_NamesOfSeed003_AreUnderstood()
    {
        _environment["APP_ENV"] = "dev";
        _environment["HTTP_ADDR"] = ":8081";
        _environment["DB_DSN"] = "postgres://ann:p%40ss@db.example:5433/main?sslmode=disable";
        _environment["REDIS_ADDR"] = "127.0.0.1:6379";
        _environment["REDIS_PASSWORD"] = "secret";
        _environment["JWT_SECRET"] = new string('k', 32);
        var settings = Read();

        Assert.Equal(("Development", 8081, true), (settings.Environment, settings.Port, settings.OpenRegistration));
        Assert.Equal("Host=db.example;Port=5433;Username=ann;Password=p@ss;Database=main;SSL Mode=Disable", settings.Postgres);
        Assert.Equal("127.0.0.1:6379,password=secret", settings.Redis);
        Assert.Equal(new string('k', 32), settings.MasterKey);
        Assert.True(settings.NeedsRedis);
    }

    [Fact]
    public void Read_OurNamesBesideSeed003s_Count()
    {
        _environment["HTTP_ADDR"] = ":81";
        _environment["AGENTS_PORT"] = "82";
        _environment["DB_DSN"] = "postgres://a@b/c";
        _environment["ConnectionStrings__postgres"] = "Host=mine";

        Assert.Equal((82, "Host=mine"), (Read().Port, Read().Postgres));
    }

    [Fact]
    public void Read_Replicas_AreOfServices()
    {
        var settings = Read("--replicas", "realtime=2,scheduler=3");

        Assert.Equal((2, 3, 1), (settings.ReplicasOf("realtime"), settings.ReplicasOf("scheduler"), settings.ReplicasOf("identity")));
        Assert.True(settings.NeedsRedis);
    }

    [Theory]
    [InlineData("--bogus is not an option; --help lists them.", "--bogus", "1")]
    [InlineData("'bogus' is not an option; --help lists them.", "bogus")]
    [InlineData("--port wants a value.", "--port")]
    [InlineData("--port wants a value.", "--port", "--no-local-device")]
    [InlineData("--port: '0' is not a number from 1 to 65535.", "--port", "0")]
    [InlineData("--port: 'x' is not a number from 1 to 65535.", "--port", "x")]
    [InlineData("--listen: 'nowhere' is not ADDRESS:PORT such as 0.0.0.0:443.", "--listen", "nowhere")]
    [InlineData("--listen: '443' is not ADDRESS:PORT such as 0.0.0.0:443.", "--listen", "443")]
    [InlineData("--listen: '127.0.0.1:0' is not ADDRESS:PORT such as 0.0.0.0:443.", "--listen", "127.0.0.1:0")]
    [InlineData("--listen says port 81 and --port says 82.", "--listen", "127.0.0.1:81", "--port", "82")]
    [InlineData("The gateway and gRPC cannot share port 9090; change --port or --grpc-port.", "--port", "9090")]
    [InlineData("--replicas: 'gateway' is none of identity, registry, posts, scheduler, realtime.", "--replicas", "gateway=2")]
    [InlineData("--replicas: 'realtime' is not NAME=NUMBER with a number from 1 to 16.", "--replicas", "realtime")]
    [InlineData("--admin-password has 3 characters; 8 to 128 are allowed.", "--admin-password", "abc")]
    [InlineData("--master-key has 5 characters; 32 to 4096 are allowed.", "--master-key", "short")]
    [InlineData("--admin-email: 'ann' is not an email address.", "--admin-email", "ann")]
    [InlineData("--open-registration: 'maybe' is none of true, false, 1, 0, on, off.", "--open-registration", "maybe")]
    [InlineData("--cors-origins: 'example.org' is not an origin such as https://app.example.org.", "--cors-origins", "example.org")]
    [InlineData("--trusted-proxies: 'proxy' is neither an address nor a network such as 10.0.0.0/8.", "--trusted-proxies", "proxy")]
    [InlineData("TLS wants both, AGENTS_TLS_CERT and AGENTS_TLS_KEY.", "--tls-cert", "/dev/null")]
    [InlineData("DB_DSN: SQLite is not used here; leave DB_DSN out, PostgreSQL comes along by itself.", "--db-dsn", "sqlite://./data/app.db")]
    [InlineData("DB_DSN: 'bogus=1' is not an option that is understood here.", "--db-dsn", "postgres://a@b/c?bogus=1")]
    public void Read_WhatCannotBe_IsSaidInOneSentence(string sentence, params string[] args) => Assert.Equal(sentence, Refused(args));

    private string Refused(params string[] args) => Assert.Throws<SettingException>(() => Read(args)).Message;

    private Settings Read(params string[] args)
    {
        var values = new SettingValues();
        values.ReadEnvironment(_environment.GetValueOrDefault);
        values.ReadCommandLine(args);
        return SettingsReader.Read(values, "/srv/agents");
    }
}
