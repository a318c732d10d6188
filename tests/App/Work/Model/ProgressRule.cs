using System.Globalization;
using System.Text.RegularExpressions;
using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Tests.App.Work.Model;

/// <summary>What an agent tells while it works is stored in its order, nothing twice; there may be gaps.</summary>
internal static partial class ProgressRule
{
    /// <summary>So each piece of text can be told from the others, also where they were joined.</summary>
    public static string Mark(int seq) => string.Create(CultureInfo.InvariantCulture, $"[{seq}]");

    public static string? Fault(ModelTask task, Happening e)
    {
        if (task.Status != TaskStatus.Running || e.Attempt != task.Attempt || task.Current is not { } piece)
        {
            return $"progress of attempt {e.Attempt} while it is {task.Status} with attempt {task.Attempt}";
        }

        foreach (Match mark in Marks().Matches(e.Data.ToString()))
        {
            var seq = int.Parse(mark.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            if (seq <= piece.StoredSeq || seq > piece.Seq)
            {
                return $"progress {seq} is stored after {piece.StoredSeq}, and {piece.Seq} was the last that was said";
            }

            piece.StoredSeq = seq;
        }

        return null;
    }

    [GeneratedRegex(@"\[([0-9]+)\]")]
    private static partial Regex Marks();
}
