using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Acp;

/// <summary>
/// Some programs go on with a conversation only in the folder that it began in, which was another task's and is gone. It leads to
/// this task's folder for as long as this task goes on.
/// </summary>
internal sealed class AcpFormerFolder(string path)
{
    /// <summary>Null where nothing has to be done, or nothing may: only beside the task's own folder is anything made.</summary>
    public static AcpFormerFolder? Of(RpcAnswer sessions, string session, string folder)
    {
        var own = Path.GetFullPath(folder);
        var known = sessions.Result?.ListAt("sessions").FirstOrDefault(each => each.TextAt("sessionId") == session).TextAt("cwd");
        if (known is null || known == own || Path.GetDirectoryName(known) != Path.GetDirectoryName(own) || Path.Exists(known))
        {
            return null;
        }

        try
        {
            Directory.CreateSymbolicLink(known, own);
            return new(known);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Remove()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next daemon clears them all.
        }
    }
}
