using System.Net;
using System.Net.Sockets;
using System.Text;
using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Engine;

internal sealed class RedisWorkload(RedisResource resource, IServer? server) : IWorkload
{
    public IResource Resource => resource;
    public string Id => resource.Name;
    public string? Address => server is null ? "given" : $"{resource.PrimaryEndpoint.Host}:{resource.PrimaryEndpoint.Port}";

    public async Task<ChildCommand?> PrepareAsync(CancellationToken cancellationToken) =>
        server is null ? null : await server.PrepareAsync(cancellationToken);

    /// <summary>
    /// A server of ours is asked to answer. Of a given one it is enough here that somebody listens: its string may say
    /// TLS, several nodes or a sentinel, which the services' client knows and this engine need not.
    /// </summary>
    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        var at = (await resource.GetConnectionStringAsync(cancellationToken))!.Split(',')[0];
        var colon = at.LastIndexOf(':');
        var endpoint = colon < 0 ? new DnsEndPoint(at, 6379) : new DnsEndPoint(at[..colon], int.Parse(at[(colon + 1)..]));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endpoint, cancellationToken);
        return server is null || await PingAsync(socket, cancellationToken);
    }

    private async Task<bool> PingAsync(Socket socket, CancellationToken cancellationToken)
    {
        var password = await resource.PasswordParameter!.GetValueAsync(cancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"AUTH {password}\r\nPING\r\n"), cancellationToken);
        var buffer = new byte[256];
        var answer = "";
        while (answer.Count(c => c == '\n') < 2)
        {
            var read = await socket.ReceiveAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return false;
            }

            answer += Encoding.ASCII.GetString(buffer, 0, read);
        }

        return answer == "+OK\r\n+PONG\r\n";
    }
}
