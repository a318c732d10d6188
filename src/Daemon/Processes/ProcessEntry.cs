using System.Globalization;

namespace Agents.Daemon.Processes;

/// <summary>A process at one moment, as its <c>/proc/N/stat</c> has it.</summary>
/// <param name="Start">In ticks since the machine started: with the number it names one process for as long as the machine runs.</param>
internal sealed record ProcessEntry(int Id, int Parent, int Group, int Session, long Start, char State, int Threads, long CpuTicks, long MemoryPages)
{
    /// <summary>Of the fields after the name, which is the second.</summary>
    private const int FirstField = 3;

    /// <summary>What has ended and is only not yet asked for its exit code holds nothing.</summary>
    public bool IsAlive => State is not ('Z' or 'X');

    public (int, long) Key => (Id, Start);

    /// <summary>Null where it can't be read so.</summary>
    public static ProcessEntry? Parse(string stat)
    {
        // A program may call itself ") Z (".
        var (open, close) = (stat.IndexOf('('), stat.LastIndexOf(')'));
        if (open < 0 || close < open || !int.TryParse(stat.AsSpan(0, open), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        var fields = stat[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= 24 - FirstField)
        {
            return null;
        }

        return new(
            id, (int)Number(4), (int)Number(5), (int)Number(6), Number(22), fields[0][0], (int)Number(20), Number(14) + Number(15), Number(24));

        long Number(int field) => long.TryParse(fields[field - FirstField], CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
