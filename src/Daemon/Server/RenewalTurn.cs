using Agents.Daemon.State;

namespace Agents.Daemon.Server;

/// <summary>Several commands at once renew one session: each waits for its turn, and then finds it renewed.</summary>
internal sealed class RenewalTurn(FileStream file) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    public static async Task<RenewalTurn> TakeAsync(Folders folders, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = folders.SessionFile + ".lock";
        var began = time.GetTimestamp();
        while (true)
        {
            if (PrivateFile.Lock(path) is { } file)
            {
                return new(file);
            }

            if (time.GetElapsedTime(began) > Limit)
            {
                throw new Failure(ExitCode.Failed, $"Another ccc has been renewing the session for {Limit.TotalSeconds:0} s; try again when it has ended.");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    public void Dispose() => file.Dispose();
}
