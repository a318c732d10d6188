using Agents.Contracts.Realtime.Groups;

namespace Agents.Realtime.Groups;

/// <summary>A member in one text, <c>agent:ID</c> or <c>user:ID</c>: ids are unique per kind only. Pure.</summary>
internal static class MemberKey
{
    public static string OfAgent(string id) => $"{MemberKind.Agent}:{id}";

    public static string OfUser(string id) => $"{MemberKind.User}:{id}";

    /// <summary>As a request has it: without a kind it is an agent.</summary>
    public static string Parse(string member) => member.Contains(':') ? member : OfAgent(member);

    public static (string Kind, string Id) Split(string key) => key.IndexOf(':') is var at and > 0 ? (key[..at], key[(at + 1)..]) : (MemberKind.System, key);

    public static MemberRef ToRef(string key, string name)
    {
        var (kind, id) = Split(key);
        return new(kind, id, name);
    }
}
