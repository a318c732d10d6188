using System.Globalization;
using Agents.Contracts.Realtime.Groups;
using GroupView = Agents.Contracts.Realtime.Groups.GroupView;

namespace Agents.Daemon.Server;

/// <summary>What is said in groups.</summary>
internal static class GroupCalls
{
    private static readonly DaemonJson Json = DaemonJson.Wire;

    public static Task<GroupView?> GroupAsync(this ServerApi api, string id, string credential, CancellationToken cancellationToken) =>
        api.GetAsync($"groups/{Uri.EscapeDataString(id)}", Json.GroupView, credential, cancellationToken);

    /// <summary>In the order of their numbers.</summary>
    public static async Task<IReadOnlyList<GroupEntry>> MessagesAsync(this ServerApi api, string groupId, long after, int limit, string credential, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"groups/{Uri.EscapeDataString(groupId)}/messages?after={after}&limit={limit}");
        return (await api.GetAsync(path, Json.ListOfGroupEntry, credential, cancellationToken) ?? throw api.Strange(path)).Items;
    }
}
