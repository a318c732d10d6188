using System.Buffers;
using System.Globalization;
using System.Text;
using Agents.Daemon.Processes;
using Agents.Daemon.Runners;

namespace Agents.Daemon.Work;

/// <summary>What every run of this machine has around it.</summary>
internal sealed record RunSurroundings(ProcessTable Table, Cgroups Cgroups, RunWatch Watch, Guard Guard, TimeProvider Time);

/// <summary>A task's program from its start to the end of the last of its processes.</summary>
internal sealed class ProgramRun : IAsyncDisposable
{
    private const int MostLastWords = 4_000;

    /// <summary>What a program leaves behind when it ends may finish what it writes just now.</summary>
    private static readonly TimeSpan LeftGrace = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(10);

    /// <summary>Its work is over and its stdin closed: so long it has for what it writes yet.</summary>
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(5);

    /// <summary>All its processes have ended, so what they said is here or nowhere.</summary>
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(2);

    /// <summary>Where memory is short on the whole machine, a task goes before the daemon and whatever else runs there.</summary>
    private const string FirstToGo = "500";

    private readonly RunSurroundings _around;
    private readonly TaskProgram _program;
    private readonly StringBuilder _lastWords = new();

    private ProgramRun(RunSurroundings around, TaskProgram program, RunTree tree, IReadOnlyList<string> kernelLimits) =>
        (_around, _program, Tree, KernelLimits) = (around, program, tree, kernelLimits);

    public RunTree Tree { get; }

    public IReadOnlyList<string> KernelLimits { get; }

    /// <summary>It waits at its gate; nothing of it runs.</summary>
    /// <exception cref="IOException">It can't be started here.</exception>
    public static ProgramRun Prepare(ProgramStart start, RunLimits? limits, RunSurroundings around)
    {
        var group = around.Cgroups.Make($"ccc-{start.Mark}", limits);
        TaskProgram program;
        try
        {
            program = TaskProgram.Start(start, around.Table);
        }
        catch
        {
            group?.Remove();
            throw;
        }

        var id = program.Root.Leader;
        var joined = group?.Join(id) ?? [];
        var kernel = group?.Folders.Count == joined.Count ? around.Cgroups.Limits : [];
        if (limits?.Cpu is { } cpu && !kernel.Contains("cpu"))
        {
            // The nearest that there is: some processors and not the others, a different choice for each.
            var count = Math.Clamp((int)Math.Ceiling(cpu), 1, Environment.ProcessorCount);
            Native.LimitProcessors(id, Enumerable.Range(id, count).Select(n => n % Environment.ProcessorCount));
        }

        if (limits?.Pids is { } pids && !kernel.Contains("pids"))
        {
            // Of the whole user, so it must be far from what others of his need: it only stops what outruns the watch.
            Native.LimitUserProcesses(id, (ulong)(around.Table.Read().Sum(process => process.Threads) + (4L * pids) + 512));
        }

        CgroupFile.TryWrite(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}"), "oom_score_adj", FirstToGo);
        return new(around, program, new(program.Root, joined.Count == 0 ? null : new(joined), around.Table, around.Time), kernel);
    }

    /// <param name="halted">Completes where it is to be stopped.</param>
    /// <returns>Why it was stopped, where it did not end by itself before.</returns>
    public async Task<(int ExitCode, string LastWords, Halt? Halt)> RunAsync(IRunner runner, IVoice voice, IPeople people, Task<Halt> halted)
    {
        using var cut = new CancellationTokenSource();
        await _program.GoAsync(CancellationToken.None);
        var talking = runner.TalkAsync(_program.Pipes, voice, people, cut.Token);
        var errors = ReadErrorsAsync(voice, cut.Token);
        var ended = _program.EndedAsync();
        var over = OverAsync(talking, cut.Token);
        var halt = await Task.WhenAny(ended, halted, over) == halted ? await halted : null;
        if (halt is not null)
        {
            await ClimbAsync(runner, halt, ended);
        }
        else if (!ended.IsCompleted)
        {
            await Task.WhenAny(ended, halted, Task.Delay(LeaveLimit, _around.Time));
        }

        await EndAllAsync();
        // Also where somebody who got away holds the pipe.
        Task[] reading = [talking, errors];
        await Task.WhenAny(Task.WhenAll(reading), Task.Delay(ReadLimit, _around.Time));
        await cut.CancelAsync();
        await Task.WhenAll([.. reading, over]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (talking is { IsFaulted: true, Exception.InnerException: not (IOException or ObjectDisposedException) })
        {
            await talking;
        }

        return (await ended, _lastWords.ToString(), halt);
    }

    /// <summary>Nothing of it is left, whatever happened.</summary>
    public async ValueTask DisposeAsync()
    {
        await Tree.KillAsync(KillLimit);
        _around.Watch.Remove(Tree);
        _around.Guard.Over(Tree);
        _program.Dispose();
        if (Tree.Cgroup is { } group)
        {
            await group.RemoveAsync(_around.Time);
        }
    }

    private async Task ClimbAsync(IRunner runner, Halt halt, Task ended)
    {
        var began = _around.Time.GetTimestamp();
        foreach (var (at, rung) in KillLadder.Of(halt.Grace, await runner.AskToStopAsync()))
        {
            var wait = at - _around.Time.GetElapsedTime(began);
            if (wait > TimeSpan.Zero && await Task.WhenAny(ended, Task.Delay(wait, _around.Time)) == ended)
            {
                return;
            }

            switch (rung)
            {
                case Rung.Ask:
                    _program.CloseInput();
                    break;
                case Rung.Terminate:
                    Tree.Send(Signal.Terminate);
                    break;
                default:
                    await Tree.KillAsync(KillLimit);
                    break;
            }
        }
    }

    /// <summary>The program has ended. What it left running is no part of its work any more.</summary>
    private async Task EndAllAsync()
    {
        if (Tree.Alive().Count > 0)
        {
            Tree.Send(Signal.Terminate);
            for (var began = _around.Time.GetTimestamp(); Tree.Alive().Count > 0 && _around.Time.GetElapsedTime(began) < LeftGrace;)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), _around.Time);
            }
        }

        await Tree.KillAsync(KillLimit);
    }

    /// <summary>Completes where the program has nothing more to do, whether or not it ends. What it still says is read, so that it can.</summary>
    private async Task OverAsync(Task<bool> talking, CancellationToken cancellationToken)
    {
        await ((Task)talking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (talking.IsCompletedSuccessfully && !await talking)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        _ = DrainAsync(cancellationToken);
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var piece = new char[4096];
        try
        {
            while (await _program.Output.ReadAsync(piece, cancellationToken) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Nobody needs it any more.
        }
    }

    private async Task ReadErrorsAsync(IVoice voice, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<char>.Shared.Rent(4096);
        try
        {
            for (int length; (length = await _program.Errors.ReadAsync(piece, cancellationToken)) > 0;)
            {
                Keep(voice.Text("log", piece.AsSpan(0, length)));
            }

            Keep(voice.EndOfText("log"));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(piece);
        }
    }

    private void Keep(string words)
    {
        _lastWords.Append(words);
        if (_lastWords.Length > 2 * MostLastWords)
        {
            _lastWords.Remove(0, _lastWords.Length - MostLastWords);
        }
    }
}
