using System.Text;

namespace Agents.Bench.Load;

internal static class HttpRequestBytes
{
    /// <summary>A request as it goes over the wire, with what an ordinary client sends along.</summary>
    public static byte[] Of(string method, Uri server, string path, string? token = null)
    {
        var request = new StringBuilder()
            .Append($"{method} {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAccept: application/json\r\nUser-Agent: agents-bench\r\n");
        if (token is not null)
        {
            request.Append($"Authorization: Bearer {token}\r\n");
        }

        if (method == "POST")
        {
            request.Append("Content-Length: 0\r\n");
        }

        return Encoding.ASCII.GetBytes(request.Append("\r\n").ToString());
    }
}
