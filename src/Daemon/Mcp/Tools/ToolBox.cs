using Agents.Contracts.Posts;
using Agents.Contracts.Realtime;
using Agents.Daemon.Runners;

namespace Agents.Daemon.Mcp.Tools;

/// <summary>The tools of one run, as its post lets it have them: what it denies is not shown, what it has asked for is asked of a person.</summary>
internal sealed class ToolBox
{
    private readonly Dictionary<string, RunTool> _tools;
    private readonly ToolRules _rules;
    private readonly IPeople _people;

    public ToolBox(IEnumerable<RunTool> tools, ToolRules rules, IPeople people)
    {
        (_rules, _people) = (rules, people);
        _tools = tools.Where(tool => rules.OfColleagues(tool.Name) is not ToolRule.Deny).ToDictionary(tool => tool.Name, StringComparer.Ordinal);
    }

    public IReadOnlyCollection<RunTool> Shown => _tools.Values;

    public async Task<string> CallAsync(string name, ToolArguments arguments, CancellationToken cancellationToken)
    {
        if (!_tools.TryGetValue(name, out var tool))
        {
            throw new ToolFault($"There is no tool {name}, or your post does not let you use it. There are: {string.Join(", ", _tools.Keys)}.");
        }

        if (_rules.OfColleagues(name) is ToolRule.Ask)
        {
            var answer = await _people.AskAsync(
                new(QuestionKind.Permission, $"{McpLaunch.Name}: {name}", arguments.Json, [QuestionKind.Allow, QuestionKind.Deny], QuestionKind.Deny), cancellationToken);
            if (!answer.Allow)
            {
                throw new ToolFault(ToolRules.WhyNot(answer));
            }
        }

        return await tool.Act(arguments, cancellationToken);
    }
}
