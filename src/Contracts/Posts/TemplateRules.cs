using System.Text.Json;
using System.Text.RegularExpressions;
using Agents.Contracts.Registry;

namespace Agents.Contracts.Posts;

/// <summary>What is wrong with a template, each field named by its path below where it stands.</summary>
public static partial class TemplateRules
{
    private const int MaxMany = 100;
    private const int MaxTools = 200;
    private const int MaxName = 128;
    private const int Day = 24 * 3600;
    private const long MaxTokens = 1_000_000_000_000;
    private const decimal MaxCost = 1_000_000;

    /// <param name="at">What the template is called there: <c>template</c>, or <c>overrides</c>.</param>
    /// <param name="whole">Else it is laid over another one, and what belongs together may stand apart.</param>
    public static void Template(this Problems problems, PostTemplate template, string at = "template", bool whole = true)
    {
        problems.Unknown(template.Unknown, at);
        problems.Bytes(template.RolePrompt, PostTemplate.MaxPromptBytes, $"{at}.role_prompt");
        problems.Skills(template.Skills, $"{at}.skills");
        problems.Provider(template.Provider, $"{at}.provider", whole);
        problems.Runner(template, at, whole);
        problems.Variables(template.Environment, $"{at}.environment");
        problems.Limits(template.Limits, $"{at}.limits");
        problems.Unknown(template.Requires?.Unknown, $"{at}.requires");
        problems.Names(template.Requires?.Capabilities, $"{at}.requires.capabilities");
        problems.Labels(template.Requires?.Labels, $"{at}.requires.labels");
        problems.Range(template.Concurrency, 1, 1000, $"{at}.concurrency");
        problems.Working(template.Working, $"{at}.working", whole);
        problems.Tools(template.Tools, $"{at}.tools");
        problems.OneOf(template.OnMention, MentionRule.Tell, MentionRule.Task, field: $"{at}.on_mention");
        if (JsonSerializer.SerializeToUtf8Bytes(template, WireJson.Options).Length > PostTemplate.MaxBytes)
        {
            problems.Add(at, $"must have at most {PostTemplate.MaxBytes} bytes as JSON");
        }
    }

    public static void Unknown(this Problems problems, Dictionary<string, JsonElement>? unknown, string at = "")
    {
        foreach (var name in (unknown ?? []).Keys.Take(20))
        {
            problems.Add(at.Length == 0 ? name : JsonPath.Of(at, name), "is not known here");
        }
    }

    private static void Skills(this Problems problems, IReadOnlyList<PostSkill>? skills, string at)
    {
        if (skills?.Count > MaxMany)
        {
            problems.Add(at, $"must be at most {MaxMany}");
            return;
        }

        for (var i = 0; i < skills?.Count; i++)
        {
            if (skills[i] is not { } skill)
            {
                problems.Add($"{at}[{i}]", "is required");
                continue;
            }

            problems.Text(skill.Name, 1, MaxName, skill.IsPlain ? $"{at}[{i}]" : $"{at}[{i}].name");
            problems.Bytes(skill.Text, PostTemplate.MaxPromptBytes, $"{at}[{i}].text");
            problems.Names(skill.Tools, $"{at}[{i}].tools");
        }
    }

    private static void Variables(this Problems problems, IReadOnlyDictionary<string, PostVariable>? variables, string at)
    {
        if (variables?.Count > MaxMany)
        {
            problems.Add(at, $"must be at most {MaxMany}");
            return;
        }

        foreach (var (name, value) in variables ?? new Dictionary<string, PostVariable>())
        {
            var field = JsonPath.Of(at, name);
            if (!VariableName().IsMatch(name))
            {
                problems.Add(field, "must be named by letters, digits and _, with no digit first");
            }
            else if (value is null)
            {
                problems.Add(field, "is required");
            }
            else if (value.Secret is { } secret ? !Ids.IsValid(secret) : value.Plain!.Length > 32 * 1024 || value.Plain.Contains('\0'))
            {
                problems.Add(field, value.Secret is null ? "must have at most 32768 characters, none of them null" : "must name a secret by 1 to 128 of A-Z a-z 0-9 . _ -");
            }
        }
    }

    private static void Limits(this Problems problems, PostLimits? limits, string at)
    {
        if (limits is null)
        {
            return;
        }

        problems.Unknown(limits.Unknown, at);
        problems.Range(limits.MemoryMb, 16, 4 * 1024 * 1024, $"{at}.memory_mb");
        problems.Between(limits.Cpu, 0.01m, 1024, $"{at}.cpu");
        problems.Range(limits.Pids, 1, 1_000_000, $"{at}.pids");
        problems.Range(limits.Timeout, 1, 30 * Day, $"{at}.timeout");
        problems.Range(limits.Idle, 1, 30 * Day, $"{at}.idle");
        problems.Between(limits.TokensPerTask, 1, MaxTokens, $"{at}.tokens_per_task");
        problems.Between(limits.TokensPerDay, 1, MaxTokens, $"{at}.tokens_per_day");
        problems.Between(limits.CostPerTask, 0.0001m, MaxCost, $"{at}.cost_per_task");
        problems.Between(limits.CostPerDay, 0.0001m, MaxCost, $"{at}.cost_per_day");
    }

    private static void Tools(this Problems problems, IReadOnlyDictionary<string, string>? tools, string at)
    {
        if (tools?.Count > MaxTools)
        {
            problems.Add(at, $"must be at most {MaxTools}");
            return;
        }

        foreach (var (name, rule) in tools ?? new Dictionary<string, string>())
        {
            if (name.Length is 0 or > MaxName || name.Contains('\0') || rule is not (ToolRule.Allow or ToolRule.Ask or ToolRule.Deny))
            {
                problems.Add(JsonPath.Of(at, name), $"must be a tool of at most {MaxName} characters, with {ToolRule.Allow}, {ToolRule.Ask} or {ToolRule.Deny}");
            }
        }
    }

    private static void Between<T>(this Problems problems, T? value, T min, T max, string field)
        where T : struct, IComparable<T>
    {
        if (value is { } given && (given.CompareTo(min) < 0 || given.CompareTo(max) > 0))
        {
            problems.Add(field, FormattableString.Invariant($"must be between {min} and {max}"));
        }
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,127}$")]
    private static partial Regex VariableName();
}
