using Agents.Contracts;

namespace Agents.Daemon;

/// <summary>What a command ends with; scripts rely on these.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>Not signed in, or this device is not enrolled.</summary>
    public const int NotSignedIn = 3;

    public const int Unreachable = 4;

    /// <summary>Another daemon has taken the identity of this device over.</summary>
    public const int Replaced = 5;
}

/// <summary>A command can't go on: one sentence for a person, with what to do, and the exit code. Never a stack trace.</summary>
/// <param name="code">The server's, where it was the server that refused.</param>
internal sealed class Failure(int exitCode, string message, Exception? cause = null, ErrorCode? code = null) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;

    public ErrorCode? Code { get; } = code;

    /// <summary>The server has understood and will say the same the next time.</summary>
    public bool IsFinal => Code is not (null or ErrorCode.TooMany or ErrorCode.Unavailable or ErrorCode.Failed);
}
