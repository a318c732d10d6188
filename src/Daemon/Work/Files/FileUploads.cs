using System.Text.Json;
using Agents.Contracts.Scheduler;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work.Files;

/// <summary>
/// Stores the files of ends that wait in the spool, beside what is sent: a large one holds up no other's result. Each is written down when it is
/// stored, so that nothing goes twice; what the server has taken and could not say is known to it by its attempt, name and sum.
/// </summary>
internal sealed partial class FileUploads(Spool spool, Outgoing outgoing, IServerCalls server, ILogger log)
{
    private const int MostAtOnce = 2;

    private readonly Lock _lock = new();
    private readonly HashSet<long> _inHand = [];
    private readonly SemaphoreSlim _places = new(MostAtOnce);

    /// <param name="then">Whether all is settled by now; else it is to be begun again after a while.</param>
    public void Begin(long number, Action<bool> then, CancellationToken stop)
    {
        lock (_lock)
        {
            if (!_inHand.Add(number))
            {
                return;
            }
        }

        _ = Task.Run(() => RunAsync(number, then, stop), CancellationToken.None);
    }

    private async Task RunAsync(long number, Action<bool> then, CancellationToken stop)
    {
        var isSettled = false;
        try
        {
            await _places.WaitAsync(stop);
            try
            {
                await StoreAsync(number, stop);
                isSettled = true;
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The next daemon goes on with it.
        }
        catch (Exception e)
        {
            Log.NotStored(log, e.Message);
        }

        lock (_lock)
        {
            _inHand.Remove(number);
        }

        then(isSettled);
    }

    private async Task StoreAsync(long number, CancellationToken stop)
    {
        if (spool.Read(number) is not { } record)
        {
            return;
        }

        List<SpoolFile> files = [.. record.Files ?? []];
        for (var i = 0; i < files.Count; i++)
        {
            if (!files[i].IsSettled)
            {
                files[i] = await StoredAsync(new(record.TaskId, record.Attempt), files[i], stop);
                spool.Write(number, record = record with { Files = [.. files] });
            }
        }

        var told = record with { Files = null, Left = null };
        if (record.Error is { } error)
        {
            spool.Write(number, told with { Error = FilesBeside.Of(error, files, record.Left ?? []) });
        }
        else if (record.Result is { } result)
        {
            using var content = record.HasContent ? JsonDocument.Parse(await ContentAsync(number, stop)) : null;
            spool.Rewrite(number, told with { Result = result with { Result = FilesBeside.Of(content?.RootElement ?? result.Result, files, record.Left ?? []) } });
        }
    }

    private async Task<SpoolFile> StoredAsync(TaskAttempt attempt, SpoolFile file, CancellationToken stop)
    {
        try
        {
            await using var content = outgoing.Open(attempt, file);
            return file with { ArtifactId = await server.UploadFileAsync(attempt, file, content, stop) };
        }
        catch (Failure refused) when (refused.IsFinal)
        {
            return file with { Problem = $"The server did not take it: {refused.Message}" };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return file with { Problem = "It is gone from the device." };
        }
    }

    private async Task<byte[]> ContentAsync(long number, CancellationToken stop)
    {
        await using var content = spool.Content(number);
        var bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes, stop);
        return bytes;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A file of a task can't be stored just now, and is tried again: {Problem}")]
        public static partial void NotStored(ILogger log, string problem);
    }
}
