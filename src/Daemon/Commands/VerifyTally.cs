using Agents.Contracts.Realtime.Groups;

namespace Agents.Daemon.Commands;

/// <summary>What was found in a log, author by author.</summary>
internal sealed class VerifyTally
{
    private const int MostFindings = 1_000;

    private readonly Dictionary<(string Kind, string Id), AuthorReport> _authors = [];
    private readonly List<Finding> _findings = [];
    private int _strays;

    public void Count(GroupEntry entry, EntryChecked found, string? note)
    {
        Add(entry.FromKind, entry.FromId, entry.From, found.Verdict, 1);
        if ((found.Verdict is EntryVerdict.Forged ? found.Why : note) is { } why)
        {
            Find(new(entry.Seq, entry.Id, entry.From, found.Verdict is EntryVerdict.Forged, why));
        }
    }

    /// <summary>It was counted as something else before the end of the log was known.</summary>
    public void Forged(Suspect suspect)
    {
        if (suspect.Counted is not { } counted)
        {
            _strays++;
        }
        else if (counted is not EntryVerdict.Forged)
        {
            Add(suspect.FromKind, suspect.FromId, suspect.From, counted, -1);
            Add(suspect.FromKind, suspect.FromId, suspect.From, EntryVerdict.Forged, 1);
        }

        Find(new(suspect.Seq, suspect.Id, suspect.From, IsForged: true, suspect.Why));
    }

    public VerifyReport Report(GroupView group, long after, long last) => new(
        group.Id, group.Name, after, last, _authors.Values.Sum(a => a.Verified), _authors.Values.Sum(a => a.Unsigned), _authors.Values.Sum(a => a.Forged) + _strays,
        [.. _authors.Values.OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ThenBy(a => a.Id, StringComparer.Ordinal)], [.. _findings.OrderBy(f => f.Seq)]);

    private void Add(string kind, string id, string name, EntryVerdict verdict, int count)
    {
        var author = _authors.GetValueOrDefault((kind, id), new(kind, id, name, 0, 0, 0));
        _authors[(kind, id)] = verdict switch
        {
            EntryVerdict.Verified => author with { Name = name, Verified = author.Verified + count },
            EntryVerdict.Unsigned => author with { Name = name, Unsigned = author.Unsigned + count },
            _ => author with { Name = name, Forged = author.Forged + count },
        };
    }

    private void Find(Finding finding)
    {
        if (_findings.Count < MostFindings)
        {
            _findings.Add(finding);
        }
    }
}
