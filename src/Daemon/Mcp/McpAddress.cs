using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Agents.Daemon.Processes;
using Microsoft.Win32.SafeHandles;

namespace Agents.Daemon.Mcp;

/// <summary>A socket's file as the system takes it. It takes no long path; a folder that is open has a short one, for as long as it is.</summary>
internal sealed class McpAddress : IDisposable
{
    /// <summary>With the null at its end it is one more.</summary>
    private const int Longest = 107;

    private readonly SafeFileHandle? _folder;

    public McpAddress(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > Longest)
        {
            _folder = Native.OpenForReading(Path.GetDirectoryName(path)!) ?? throw new IOException($"There is no folder {Path.GetDirectoryName(path)}.");
            path = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{_folder.DangerousGetHandle()}/{Path.GetFileName(path)}");
        }

        EndPoint = new(path);
    }

    public UnixDomainSocketEndPoint EndPoint { get; }

    public static string In(string stateFolder) => Path.Combine(stateFolder, "mcp", "socket");

    public void Dispose() => _folder?.Dispose();
}
