using System.Globalization;

namespace Agents.Realtime.Groups;

/// <summary>What the processes of this service tell each other by PostgreSQL's notifications, at the commit of what it tells of.</summary>
/// <param name="Seq">The log has come to this number; 0 where it is about members.</param>
/// <param name="Member">Who came or left; null where it may be anybody.</param>
internal sealed record GroupWord(string GroupId, long Seq, string? Member)
{
    public const string Channel = "group_log";

    public static GroupWord Advanced(string groupId, long seq) => new(groupId, seq, null);

    public static GroupWord Changed(string groupId, string? member) => new(groupId, 0, member);

    /// <summary>Null where it is none: whoever notifies may be of another version.</summary>
    public static GroupWord? Parse(string payload) =>
        payload.Split('|') is [var seq, var member, var group] && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(group, number, member.Length == 0 ? null : member)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seq}|{Member}|{GroupId}");
}
