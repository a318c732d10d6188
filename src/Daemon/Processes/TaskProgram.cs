using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Agents.Daemon.Programs;

namespace Agents.Daemon.Processes;

/// <param name="Environment">All that it has, and nothing of ours.</param>
internal sealed record ProgramStart(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, string Folder, string Mark);

/// <summary>
/// A task's program. It is started in two steps: first a shell that leads a session of its own and waits, then, when all is set up
/// around it and it is known on disk, the program in its place. So none of it runs unwatched, whenever the daemon dies.
/// </summary>
internal sealed class TaskProgram : IDisposable
{
    private const string Shell = "/bin/sh";

    /// <summary>A shell reads a line from a pipe byte by byte, so the program finds the rest of its stdin untouched.</summary>
    private const string Gate = "IFS= read -r CCC_GATE || exit 125\nunset CCC_GATE OLDPWD SHLVL\nexec \"$@\"";

    private static readonly string[] SystemFolders = ["/usr/bin", "/bin", "/usr/local/bin"];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Process _process;

    private TaskProgram(Process process, RunRoot root) => (_process, Root) = (process, root);

    public RunRoot Root { get; }

    public Stream Input => _process.StandardInput.BaseStream;

    public StreamReader Output => _process.StandardOutput;

    public StreamReader Errors => _process.StandardError;

    public ProgramPipes Pipes => new(Input, Output, CloseInput);

    /// <exception cref="IOException">It can't be started here.</exception>
    public static TaskProgram Start(ProgramStart start, ProcessTable table)
    {
        var session = KnownPrograms.Find("setsid", SystemFolders) ?? throw new IOException("This machine has no 'setsid' (util-linux or busybox), by which tasks are kept apart.");
        var info = new ProcessStartInfo(session, [Shell, "-c", Gate, "ccc-task", .. start.Command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
            WorkingDirectory = start.Folder,
        };
        info.Environment.Clear();
        foreach (var (name, value) in start.Environment)
        {
            info.Environment[name] = value;
        }

        info.Environment[ProcessTable.Mark] = start.Mark;
        Process process;
        try
        {
            process = Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"It can't be started: {e.Message}", e);
        }

        if (table.Find(process.Id) is not { } entry)
        {
            process.Kill();
            process.Dispose();
            throw new IOException("It ended before it began.");
        }

        return new(process, new(start.Mark, process.Id, entry.Start));
    }

    /// <summary>From here on it is the program itself.</summary>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        await Input.WriteAsync("go\n"u8.ToArray(), cancellationToken);
        await Input.FlushAsync(cancellationToken);
    }

    /// <summary>Its exit code; 128 and the signal's number where one ended it.</summary>
    public async Task<int> EndedAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        return _process.ExitCode;
    }

    public void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It reads no more, and did not take all.
        }
    }

    public void Dispose()
    {
        // What was taken in hand is not closed by itself.
        CloseInput();
        Output.Dispose();
        Errors.Dispose();
        _process.Dispose();
    }
}
