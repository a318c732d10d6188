namespace Agents.AppHost;

/// <summary>The options, the variables behind them, and seed 003's names for some of them.</summary>
internal static class SettingNames
{
    public static readonly IReadOnlyDictionary<string, string[]> Variables = new Dictionary<string, string[]>
    {
        ["port"] = ["AGENTS_PORT"],
        ["listen"] = ["AGENTS_LISTEN"],
        ["grpc-port"] = ["AGENTS_GRPC_PORT"],
        ["data"] = ["AGENTS_DATA"],
        ["admin-email"] = ["AGENTS_ADMIN_EMAIL"],
        ["admin-password"] = ["AGENTS_ADMIN_PASSWORD"],
        ["tls-cert"] = ["AGENTS_TLS_CERT"],
        ["tls-key"] = ["AGENTS_TLS_KEY"],
        ["trusted-proxies"] = ["AGENTS_TRUSTED_PROXIES"],
        ["cors-origins"] = ["AGENTS_CORS_ORIGINS"],
        ["master-key"] = ["AGENTS_MASTER_KEY", "JWT_SECRET"],
        ["open-registration"] = ["AGENTS_OPEN_REGISTRATION"],
        ["replicas"] = ["AGENTS_REPLICAS"],
        ["postgres"] = ["ConnectionStrings__postgres"],
        ["redis"] = ["ConnectionStrings__redis"],
        ["app-env"] = ["APP_ENV"],
        ["http-addr"] = ["HTTP_ADDR"],
        ["db-dsn"] = ["DB_DSN"],
        ["redis-addr"] = ["REDIS_ADDR"],
        ["redis-password"] = ["REDIS_PASSWORD"],
        ["publisher"] = [],
        ["output-path"] = []
    };

    public static readonly IReadOnlySet<string> Flags = new HashSet<string> { "help", "no-local-device" };

    public const string Help = """
        dotnet run --project AppHost [-- options]

        Each option may stand in the environment instead, under the name behind it.

          --port N               AGENTS_PORT               the gateway's port; 8080
          --listen ADDRESS:PORT  AGENTS_LISTEN             its address; loopback. 0.0.0.0:443 is for the world
          --grpc-port N          AGENTS_GRPC_PORT          gRPC; 9090
          --data FOLDER          AGENTS_DATA               databases, keys, logs; .data
          --admin-email E        AGENTS_ADMIN_EMAIL        the first admin; admin@localhost
          --admin-password P     AGENTS_ADMIN_PASSWORD     generated on the first start
          --tls-cert FILE        AGENTS_TLS_CERT           PEM certificate: HTTPS, WSS, HSTS
          --tls-key FILE         AGENTS_TLS_KEY            and its key
          --trusted-proxies LIST AGENTS_TRUSTED_PROXIES    addresses or networks whose forwarded headers count
          --cors-origins LIST    AGENTS_CORS_ORIGINS       origins of other sites that may call
          --master-key KEY       AGENTS_MASTER_KEY         wraps all other keys; generated on the first start
          --open-registration B  AGENTS_OPEN_REGISTRATION  true: anyone may register; false
          --replicas LIST        AGENTS_REPLICAS           realtime=2,scheduler=2; more than 1 needs Redis
          --postgres STRING      ConnectionStrings__postgres  a server that is there; else one is found or fetched
          --redis STRING         ConnectionStrings__redis     likewise
          --no-local-device                                this machine does not become a device
          --publisher manifest --output-path F             write the deployment manifest; start nothing

        Also understood, from the environment or configs/app.yaml: APP_ENV=dev|prod, HTTP_ADDR=:8080,
        DB_DSN=postgres://..., REDIS_ADDR, REDIS_PASSWORD, JWT_SECRET.
        """;
}
