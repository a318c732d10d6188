using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Groups.Delivery;

/// <summary>An entry in each dialect that somebody here speaks, made once.</summary>
internal sealed class EncodedEntry(GroupEntry entry)
{
    private readonly Dictionary<IDialect, byte[]?> _made = [];

    public byte[]? For(IDialect dialect) => _made.TryGetValue(dialect, out var made) ? made : _made[dialect] = dialect.Encode(entry);
}
