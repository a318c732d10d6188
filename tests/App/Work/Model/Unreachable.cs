using System.Net.WebSockets;
using System.Threading.Channels;

namespace Agents.Tests.App.Work.Model;

/// <summary>How it shows that a part of the server is not there just now.</summary>
internal static class Unreachable
{
    public static bool Is(Exception e) => e is WebSocketException or HttpRequestException or OperationCanceledException or TimeoutException
        or InvalidOperationException or ChannelClosedException or IOException or Npgsql.NpgsqlException
        or Xunit.Sdk.XunitException;
}
