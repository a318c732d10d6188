using System.Text.Json;

namespace Agents.Contracts.Scheduler;

/// <summary>An agent's conversation: one task, and those that went on with it.</summary>
/// <param name="Id">As its agent calls it; until it says so, or where somebody else's is called that, the id of the first task.</param>
/// <param name="Owner">Who began it.</param>
/// <param name="Title">How it began: the first line of what was asked.</param>
public record SessionRow(
    string Id, string AgentId, string? DeviceId, string? PostId, string Owner, string Title, DateTimeOffset CreatedAt, DateTimeOffset LastAt, int Tasks,
    UsageSum Usage)
{
    /// <summary>Characters as people count them.</summary>
    public const int TitleLength = 100;
}

/// <param name="Cursor">For the next page; null after the last one.</param>
public sealed record SessionList(
    IReadOnlyList<SessionRow> Items, long Total,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] bool? TotalCapped = null,
    string? Cursor = null);

/// <summary>With its first messages.</summary>
/// <param name="Next">To read on after them; null where there are no more by now.</param>
public sealed record SessionView(
    string Id, string AgentId, string? DeviceId, string? PostId, string Owner, string Title, DateTimeOffset CreatedAt, DateTimeOffset LastAt, int Tasks,
    UsageSum Usage, IReadOnlyList<SessionMessage> Messages, string? Next)
{
    public static SessionView Of(SessionRow row, SessionMessages messages) => new(
        row.Id, row.AgentId, row.DeviceId, row.PostId, row.Owner, row.Title, row.CreatedAt, row.LastAt, row.Tasks, row.Usage, messages.Items, messages.Next);
}

/// <param name="Next">Null where there are no more by now; the last message's id serves to ask again later.</param>
public sealed record SessionMessages(IReadOnlyList<SessionMessage> Items, string? Next);

/// <summary>What was said in one go. Crumbs of a text are one message as far as they lie on one page.</summary>
/// <param name="Id">Of its last crumb: what comes after it is what is new.</param>
/// <param name="Role"><c>user</c> or <c>assistant</c>.</param>
/// <param name="Kind"><c>prompt</c>, <c>text</c>, <c>thinking</c>, <c>tool</c>, <c>result</c> or <c>error</c>.</param>
/// <param name="Data">What is no text, as it came.</param>
/// <param name="Attempt">0 of a prompt. One that was broken off may have said the same before.</param>
public sealed record SessionMessage(
    string Id, string TaskId, string Role, string Kind, string? Text, JsonElement? Data, int Attempt, string? AgentId, DateTimeOffset At)
{
    public const string Prompt = "prompt";
    public const string Result = "result";
    public const string Error = "error";
}
