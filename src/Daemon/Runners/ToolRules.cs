using Agents.Contracts.Posts;
using Agents.Contracts.Realtime;

namespace Agents.Daemon.Runners;

/// <summary>What the post says of a program's tools: allow, ask or deny, by the tool's name, or * for all others. Pure.</summary>
internal sealed class ToolRules(IReadOnlyDictionary<string, string>? tools)
{
    public const string ColleaguesPrefix = $"mcp__{Mcp.McpLaunch.Name}";

    private readonly Dictionary<string, string> _rules = new(tools ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);

    public string? Others => _rules.GetValueOrDefault("*");

    /// <summary>Those that have this rule by name.</summary>
    public IEnumerable<string> With(string rule) => _rules.Where(each => each.Value == rule && each.Key != "*").Select(each => each.Key);

    /// <param name="names">What the tool may be called, the most exact first.</param>
    public string Of(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_rules.TryGetValue(name, out var rule))
            {
                return rule;
            }
        }

        return Others ?? ToolRule.Ask;
    }

    /// <summary>What a tool that agents have of us is called in posts, as most programs call it.</summary>
    public static string Colleagues(string tool) => $"{ColleaguesPrefix}__{tool}";

    public static bool IsColleagues(string name) => name.StartsWith(ColleaguesPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Of those tools: allowed, unless the post says otherwise of the tool or of all of them, or denies all others. To ask before others is what it is anyway.</summary>
    public string OfColleagues(string tool) =>
        _rules.TryGetValue(Colleagues(tool), out var own) ? own : _rules.TryGetValue(ColleaguesPrefix, out var all) ? all : Others is ToolRule.Deny ? ToolRule.Deny : ToolRule.Allow;

    /// <summary>By the post where it says so, else by somebody.</summary>
    public async Task<Answer> PermitAsync(IPeople people, string title, string? detail, string[] names, CancellationToken cancellationToken) => Of(names) switch
    {
        ToolRule.Allow => new(true, By: "post"),
        ToolRule.Deny => new(false, Text: $"The post does not allow {names[0]}.", By: "post"),
        _ => await people.AskAsync(new(QuestionKind.Permission, title, detail, [QuestionKind.Allow, QuestionKind.Deny], QuestionKind.Deny), cancellationToken),
    };

    /// <summary>For the program, where it is not allowed.</summary>
    public static string WhyNot(Answer answer) =>
        answer.Text is { Length: > 0 } text ? text : answer.InTime ? "It was not allowed." : "Nobody answered in time, so it is not allowed.";
}
