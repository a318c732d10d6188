using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Microsoft.AspNetCore.Mvc;

namespace Agents.Scheduler.Reports;

/// <summary>Which work is counted, and how it is grouped. All that is given has to hold.</summary>
/// <param name="GroupBy"><c>agent</c> where it is left out.</param>
/// <param name="From">When it ended; a week before <paramref name="To"/> where it is left out. Full hours are counted.</param>
/// <param name="Tz">Where the days are, as <c>Europe/Berlin</c>; <c>UTC</c> where it is left out. In a zone that is off by parts of an hour a day begins at the full hour after.</param>
/// <param name="Format"><c>json</c> or <c>csv</c>.</param>
internal sealed record WorkQuestion(
    [property: FromQuery(Name = "group_by")] string? GroupBy,
    [property: FromQuery(Name = "from")] DateTimeOffset? From,
    [property: FromQuery(Name = "to")] DateTimeOffset? To,
    [property: FromQuery(Name = "tz")] string? Tz,
    [property: FromQuery(Name = "agent_id")] string? AgentId,
    [property: FromQuery(Name = "post_id")] string? PostId,
    [property: FromQuery(Name = "device_id")] string? DeviceId,
    [property: FromQuery(Name = "user_id")] string? UserId,
    [property: FromQuery(Name = "type")] string? Type,
    [property: FromQuery(Name = "format")] string? Format) : IValidated
{
    public const string AsJson = "json";
    public const string AsCsv = "csv";
    public const string Utc = "UTC";

    public static readonly TimeSpan Longest = TimeSpan.FromDays(800);

    /// <summary>Beyond it a row each would be too many.</summary>
    public static readonly TimeSpan LongestByHour = TimeSpan.FromDays(62);

    public string Group => GroupBy ?? WorkGroup.Agent;

    public bool IsCsv => Format is AsCsv;

    public void Validate(Problems problems)
    {
        if (!WorkGroup.All.Contains(Group))
        {
            problems.Add("group_by", $"must be one of {string.Join(", ", WorkGroup.All)}");
        }

        if (Format is not (null or AsJson or AsCsv))
        {
            problems.Add("format", $"must be {AsJson} or {AsCsv}");
        }

        if (Tz is { } zone && (zone.Length > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)))
        {
            problems.Add("tz", "is no time zone of the tz database, as Europe/Berlin is one");
        }

        foreach (var (field, text) in new[] { ("agent_id", AgentId), ("post_id", PostId), ("device_id", DeviceId), ("user_id", UserId), ("type", Type) })
        {
            problems.OptionalText(text, 0, Ids.MaxLength, field);
        }
    }
}
