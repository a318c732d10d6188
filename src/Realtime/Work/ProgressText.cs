using System.Text.Json;
using Agents.Contracts.Scheduler;

namespace Agents.Realtime.Work;

/// <summary>Text that comes in crumbs and waits anyway is brought on in larger pieces. Pure.</summary>
internal static class ProgressText
{
    private const int MostJoined = 32 * 1024;

    public static void AddJoined(List<HolderWord> words, HolderWord word)
    {
        if (words is [.., var last] && Joins(last, word))
        {
            words[^1] = word with
            {
                Data = JsonSerializer.SerializeToElement(last.Data!.Value.GetString() + word.Data!.Value.GetString()),
                Percent = word.Percent ?? last.Percent,
            };
        }
        else
        {
            words.Add(word);
        }
    }

    private static bool Joins(HolderWord a, HolderWord b) =>
        a is { Kind: WordKind.Progress, What: "text" or "thinking", Data.ValueKind: JsonValueKind.String }
        && b is { Kind: WordKind.Progress, Data.ValueKind: JsonValueKind.String }
        && a.What == b.What && a.Holder == b.Holder && a.TaskId == b.TaskId && a.Attempt == b.Attempt
        // What was said again after a cut stays by itself: whoever stores it knows the number, and leaves it out.
        && (b.Seq > a.Seq || (a.Seq is null && b.Seq is null))
        && a.Data.Value.GetString()!.Length + b.Data.Value.GetString()!.Length <= MostJoined;
}
