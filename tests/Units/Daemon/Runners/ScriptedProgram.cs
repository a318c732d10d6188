using System.IO.Pipelines;
using System.Text.RegularExpressions;
using Agents.Daemon.Processes;

namespace Agents.Tests.Units.Daemon.Runners;

/// <summary>
/// A program that says what a transcript has: <c>&lt;</c> is a line of its own, <c>&gt;</c> waits for a line from us that has these
/// words, <c>@long N</c> is a line of so many characters. Ids that we make are put in where it says so.
/// </summary>
internal sealed partial class ScriptedProgram(string transcript)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Pipe _toProgram = new();
    private readonly Pipe _fromProgram = new();
    private readonly List<string> _heard = [];
    private readonly List<string> _uuids = [];
    private string _id = "0";

    /// <summary>What it was told, line by line.</summary>
    public IReadOnlyList<string> Heard => _heard;

    public ProgramPipes Pipes => new(_toProgram.Writer.AsStream(leaveOpen: true), new StreamReader(_fromProgram.Reader.AsStream()), () => _toProgram.Writer.Complete());

    public async Task PlayAsync()
    {
        using var input = new StreamReader(_toProgram.Reader.AsStream());
        await using var output = new StreamWriter(_fromProgram.Writer.AsStream()) { AutoFlush = true, NewLine = "\n" };
        foreach (var line in Text(transcript).Split('\n'))
        {
            switch (line)
            {
                case ['>', ' ', .. var words]:
                    Hears(await input.ReadLineAsync().WaitAsync(Limit), words);
                    break;
                case ['<', ' ', .. var said]:
                    await output.WriteLineAsync(WithIds(said));
                    break;
                case ['@', ..]:
                    await output.WriteLineAsync(new string('x', int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)));
                    break;
            }
        }
    }

    private static string Text(string name)
    {
        using var stream = typeof(ScriptedProgram).Assembly.GetManifestResourceStream($"{name}.txt")!;
        return new StreamReader(stream).ReadToEnd();
    }

    private void Hears(string? line, string words)
    {
        Assert.True(line?.Contains(words, StringComparison.Ordinal) is true, $"expected {words}, was told {line}");
        _heard.Add(line);
        if (Uuid().Match(line) is { Success: true } uuid)
        {
            _uuids.Add(uuid.Groups[1].Value);
        }

        if (Call().Match(line) is { Success: true } call && line.Contains("\"method\"", StringComparison.Ordinal))
        {
            _id = call.Groups[1].Value;
        }
    }

    private string WithIds(string said)
    {
        said = said.Replace("$ID", _id, StringComparison.Ordinal);
        foreach (var (n, uuid) in _uuids.Index())
        {
            said = said.Replace($"$UUID{n + 1}", uuid, StringComparison.Ordinal);
        }

        return said.Replace("$UUID", _uuids.LastOrDefault() ?? "", StringComparison.Ordinal);
    }

    [GeneratedRegex("\"uuid\":\"([^\"]+)\"")]
    private static partial Regex Uuid();

    [GeneratedRegex("\"id\":(\\d+)")]
    private static partial Regex Call();
}
