using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Agents.Contracts.Registry;

namespace Agents.Contracts.Realtime.Groups;

/// <summary>
/// Checks a group's log entry by entry, in the order of the numbers: each by itself, and what only the whole tells, which are
/// entries that lack, signatures that stand there twice, and messages that say something else than their last edit. Pure.
/// </summary>
/// <param name="after">Begun after this number.</param>
/// <param name="head">The number that the log had reached before any of it was read.</param>
public sealed class LogCheck(long after, long head)
{
    private readonly HashSet<UInt128> _signatures = [];
    private readonly Dictionary<string, EditedMessage> _edited = [];
    private readonly Dictionary<string, Suspect> _deleted = [];

    private readonly bool _isWhole = after == 0;

    /// <summary>The last one that was looked at.</summary>
    public long At { get; private set; } = after;

    /// <param name="keys">See <see cref="EntryCheck.Of"/>.</param>
    public EntryChecked Take(GroupEntry entry, IReadOnlyList<DeviceKeyPeriod> keys)
    {
        var missing = entry.Seq - At - 1;
        At = entry.Seq;
        var by = EntryCheck.Of(entry, keys);
        var wrong = missing != 0 ? "entries before it are missing"
            : entry.Sig is { } sig && !_signatures.Add(Print($"{sig.DeviceId} {sig.Id}")) ? "its signature stands in another entry already"
            : entry.DeletedAt is not null ? Deleted(entry, by.Verdict)
            : entry switch
            {
                { Kind: EntryKind.Message, EditedAt: not null } => Edited(entry, by.Verdict),
                { Kind: EntryKind.Edit } => Edits(entry),
                { Kind: EntryKind.Delete, Target: { } target } => Deletes(target),
                _ => null,
            };
        return by.Verdict is EntryVerdict.Forged || wrong is null ? by : EntryChecked.Forged(wrong);
    }

    /// <summary>A message that was found <see cref="Wrong"/>, read again: it may have been edited or deleted while the log was read.</summary>
    public void Again(GroupEntry message)
    {
        _edited.Remove(message.Id, out var before);
        if (message is { DeletedAt: null, EditedAt: not null })
        {
            _edited[message.Id] = EditedMessage.Of(message, before?.Counted) with { LastEdit = before?.LastEdit };
        }
    }

    /// <summary>What the whole log shows to be wrong, when the end is reached.</summary>
    public IReadOnlyList<Suspect> Wrong() =>
    [
        .. _edited.Values.Where(edited => edited.LastEdit != edited.Content).Select(edited => edited.Suspect),
        .. _deleted.Values,
        .. At < head ? [new Suspect("", head, "", "", "", null, "the log ends before it")] : Array.Empty<Suspect>(),
    ];

    private string? Edited(GroupEntry message, EntryVerdict counted)
    {
        _edited[message.Id] = EditedMessage.Of(message, counted);
        return null;
    }

    private string? Edits(GroupEntry edit)
    {
        if (edit.Target is null || !_edited.TryGetValue(edit.Target, out var message))
        {
            return _isWhole && edit.Seq <= head ? "its message is shown as never edited" : null;
        }

        _edited[edit.Target] = message with { LastEdit = Print(edit.Content) };
        return (message.Suspect.FromKind, message.Suspect.FromId) != (edit.FromKind, edit.FromId) ? "its message is another's"
            : message.IsSigned && edit.Sig is null ? "its message is signed, and it is not"
            : null;
    }

    private string? Deleted(GroupEntry entry, EntryVerdict counted)
    {
        if (entry.Kind == EntryKind.Message)
        {
            _deleted[entry.Id] = Suspect.Of(entry, counted, "it is shown as deleted, and nobody has deleted it");
        }

        return null;
    }

    private string? Deletes(string target)
    {
        _deleted.Remove(target);
        _edited.Remove(target);
        return null;
    }

    private static UInt128 Print(string text) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <param name="Content">Its print, as that of <paramref name="LastEdit"/>: what is long is not kept.</param>
    private sealed record EditedMessage(Suspect Suspect, bool IsSigned, UInt128 Content, UInt128? LastEdit = null)
    {
        public EntryVerdict? Counted => Suspect.Counted;

        public static EditedMessage Of(GroupEntry message, EntryVerdict? counted) => new(
            Suspect.Of(message, counted, "it says something else than its last edit"), message.Sig is not null, Print(message.Content));
    }
}

/// <param name="From">Who is said to have said it.</param>
/// <param name="Counted">As what it was taken before.</param>
public sealed record Suspect(string Id, long Seq, string From, string FromKind, string FromId, EntryVerdict? Counted, string Why)
{
    internal static Suspect Of(GroupEntry entry, EntryVerdict? counted, string why) => new(entry.Id, entry.Seq, entry.From, entry.FromKind, entry.FromId, counted, why);
}
