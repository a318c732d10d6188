using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Agents.Daemon.Runners.Lines;

/// <summary>What a program says as one JSON object a line. What is none is told as log, and hurts nobody.</summary>
internal sealed class JsonLines(TextReader output, IVoice voice)
{
    private const int MostOfGarbage = 2_000;

    /// <summary>The last line that was no JSON: where a program can't begin it often says so on stdout.</summary>
    public string LastWords { get; private set; } = "";

    /// <summary>It has said something of what is understood here.</summary>
    public bool Any { get; private set; }

    public async IAsyncEnumerable<JsonElement> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in LineReader.ReadAsync(output, cancellationToken: cancellationToken))
        {
            voice.Heard();
            if (line.LeftOut > 0)
            {
                Tell(string.Create(CultureInfo.InvariantCulture, $"[a line of {line.Text.Length + line.LeftOut} characters is left out here]"));
            }
            else if (Parse(line.Text) is { } json)
            {
                Any = true;
                yield return json;
            }
            else if (!string.IsNullOrWhiteSpace(line.Text))
            {
                LastWords = line.Text.Length > MostOfGarbage ? line.Text[..MostOfGarbage] + " …" : line.Text;
                Tell(LastWords);
            }
        }
    }

    private void Tell(string text)
    {
        voice.Text("log", text + "\n");
        voice.EndOfText("log");
    }

    private static JsonElement? Parse(string line)
    {
        try
        {
            var json = JsonElement.Parse(line);
            return json.ValueKind is JsonValueKind.Object ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
