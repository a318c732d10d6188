using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agents.Daemon.State;
using Spectre.Console;

namespace Agents.Daemon.Terminal;

/// <summary>What a command has around it: the user's folders, the clock, and the terminal or the pipes.</summary>
internal sealed class Shell(Folders folders, TimeProvider time, TextReader input, TextWriter output, TextWriter error)
{
    /// <summary>Understood by every command.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON, for scripts", Recursive = true };

    public Folders Folders => folders;

    public TimeProvider Time => time;

    public TextReader In => input;

    public TextWriter Out => output;

    public TextWriter Error => error;

    /// <summary>The answer of a command, for whoever asked: a script or a person.</summary>
    public void Answer<T>(ParseResult parse, T report, JsonTypeInfo<T> type, Action<Shell> forPeople)
    {
        if (parse.GetValue(Json))
        {
            output.WriteLine(JsonSerializer.Serialize(report, type));
        }
        else
        {
            forPeople(this);
        }
    }

    public void Line(string text) => output.WriteLine(text);

    public void Lines(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            Line(text);
        }
    }

    /// <summary>For a person's eyes beside the answer; a script that reads the answer does not meet it.</summary>
    public void Note(string text) => error.WriteLine(text);

    /// <summary>Beside a list that may not be whole.</summary>
    public void NoteTotal(int shown, long total, bool? orMore)
    {
        if (total > shown)
        {
            Note($"These are {shown} of {total}{(orMore is true ? " or more" : "")}.");
        }
    }

    public void Print(Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            // Nobody looks at a pipe's width.
            console.Profile.Width = 1000;
        }

        console.Write(table);
    }

    public string ReadLine(string what) =>
        input.ReadLine()?.Trim() is { Length: > 0 } line ? line : throw new Failure(ExitCode.Usage, $"There is no {what} on standard input.");

    public string Ask(string question)
    {
        error.Write(question);
        return ReadLine("answer");
    }

    /// <summary>Nothing of it appears on the screen.</summary>
    public string AskHidden(string question, string otherwise)
    {
        if (Console.IsInputRedirected)
        {
            throw new Failure(ExitCode.Usage, $"There is no terminal to ask at; use {otherwise}.");
        }

        error.Write(question);
        var text = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key is not ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key is ConsoleKey.Backspace)
            {
                text.Length = Math.Max(0, text.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                text.Append(key.KeyChar);
            }
        }

        error.WriteLine();
        return text.ToString();
    }
}
