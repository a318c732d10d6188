using System.CommandLine;
using Agents.Daemon.Config;
using Agents.Daemon.State;

namespace Agents.Daemon.Commands;

/// <summary>Which server is meant.</summary>
internal static class ServerChoice
{
    public const string Variable = "CCC_CENTRAL_SERVER";

    public static Option<string?> NewOption() => new("--server") { Description = $"The server, as https, http, wss or ws; else {Variable}, else the one signed in to" };

    /// <summary>As the command line or the environment says; null where neither does.</summary>
    public static ServerAddress? Asked(string? written) =>
        (written ?? Environment.GetEnvironmentVariable(Variable)) is { Length: > 0 } text ? ServerAddress.Parse(text) : null;

    public static ServerAddress ForDevice(string? written, DaemonConfig config, Folders folders) =>
        Asked(written) ?? config.Server ?? (Session.Read(folders) is { } session ? ServerAddress.Parse(session.Server) : null)
        ?? throw new Failure(ExitCode.Usage, $"Which server? Give --server https://agents.example.com, or set {Variable}.");
}
