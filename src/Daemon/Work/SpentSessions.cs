using Agents.Daemon.State;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work;

/// <summary>Conversations that are full, or have no turns left: a task that is to go on with one begins afresh. The last ones, on disk.</summary>
internal sealed partial class SpentSessions(Folders folders, ILogger log)
{
    private const int Most = 500;

    private readonly Lock _lock = new();
    private List<string>? _spent;

    public bool Has(string session)
    {
        lock (_lock)
        {
            return Known().Contains(session);
        }
    }

    public void Add(string session)
    {
        lock (_lock)
        {
            var spent = Known();
            spent.Remove(session);
            spent.Add(session);
            if (spent.Count > Most)
            {
                spent.RemoveAt(0);
            }

            try
            {
                PrivateFile.Write(folders.SpentSessionsFile, string.Concat(spent.Select(each => each + "\n")));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or Failure)
            {
                Log.NotKept(log, e.Message);
            }
        }
    }

    private List<string> Known()
    {
        try
        {
            return _spent ??= File.Exists(folders.SpentSessionsFile) ? [.. File.ReadAllLines(folders.SpentSessionsFile)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(log, e.Message);
            return _spent = [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Which conversations are spent can't be read or written: {Problem}")]
        public static partial void NotKept(ILogger log, string problem);
    }
}
