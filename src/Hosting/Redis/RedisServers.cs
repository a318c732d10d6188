using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Engine;

/// <summary>The ways to a Redis server: given, in a container, a program of this machine.</summary>
internal sealed class RedisServers(DataFolder data, TimeProvider time)
{
    public async Task<IWorkload> ChooseAsync(RedisResource server, CancellationToken cancellationToken)
    {
        if (server.Given() is not null)
        {
            return new RedisWorkload(server, null);
        }

        if ((Executables.Find("redis-server") ?? Executables.Find("valkey-server")) is { } program)
        {
            return new RedisWorkload(server, new LocalRedis(server, program));
        }

        return await Containers.AnswersAsync(time, cancellationToken)
            ? new RedisWorkload(server, new ContainerServer(server, data, time, "sh", "-c", "exec redis-server --save '' --requirepass \"$REDIS_PASSWORD\""))
            : throw new DistributedApplicationException(
                "More than one replica of a service needs Redis, and there is none: install redis-server (apt-get install redis-server), "
                + $"name one in ConnectionStrings__{server.Name}, or leave --replicas out.");
    }
}

/// <summary>It holds who is where and passes messages on, all of which is made anew after a restart: nothing goes to disk.</summary>
internal sealed class LocalRedis(RedisResource resource, string program) : IServer
{
    public async Task<ChildCommand> PrepareAsync(CancellationToken cancellationToken) => new(program, "-")
    {
        WorkingDirectory = Path.GetTempPath(),
        Input = $"""
            bind 127.0.0.1
            port {resource.PrimaryEndpoint.Port}
            requirepass {await resource.PasswordParameter!.GetValueAsync(cancellationToken)}
            save ""
            appendonly no

            """
    };
}
