using Agents.Contracts.Scheduler;

namespace Agents.Contracts.Posts;

/// <summary>What is wrong with who does the work of a post, and where.</summary>
internal static class RunRules
{
    private const int MaxParts = 100;

    public static void Provider(this Problems problems, PostProvider? provider, string at, bool whole)
    {
        if (provider is null)
        {
            return;
        }

        problems.Unknown(provider.Unknown, at);
        if (whole || provider.Name is "")
        {
            problems.Required(provider.Name, $"{at}.name");
        }

        problems.OptionalText(provider.Name, 0, 64, $"{at}.name");
        problems.OptionalText(provider.Model, 1, 128, $"{at}.model");
        if (provider.Fallbacks?.Count > 10)
        {
            problems.Add($"{at}.fallbacks", "must be at most 10");
            return;
        }

        for (var i = 0; i < provider.Fallbacks?.Count; i++)
        {
            problems.Unknown(provider.Fallbacks[i]?.Unknown, $"{at}.fallbacks[{i}]");
            problems.Text(provider.Fallbacks[i]?.Name, 1, 64, $"{at}.fallbacks[{i}].name");
            problems.OptionalText(provider.Fallbacks[i]?.Model, 1, 128, $"{at}.fallbacks[{i}].model");
        }
    }

    public static void Runner(this Problems problems, PostTemplate template, string at, bool whole)
    {
        if (template.Runner is { } runner && !PostRunner.All.Contains(runner))
        {
            problems.Add($"{at}.runner", $"must be one of {string.Join(", ", PostRunner.All)}");
            return;
        }

        if (template.Command is { } command && (command.Count is 0 or > MaxParts || command.Any(part => part is null || part.Length > 4096 || part.Contains('\0')) || command[0].Length == 0))
        {
            problems.Add($"{at}.command", $"must be a program and its arguments, {MaxParts} at most, of at most 4096 characters");
        }

        var wanted = PostRunner.WantsCommand(template.Runner);
        if (whole && wanted != template.Command is not null)
        {
            problems.Add($"{at}.command", wanted ? $"is required by the runner {template.Runner}" : "is for the runners acp and command only");
        }
    }

    public static void Working(this Problems problems, PostWorking? working, string at, bool whole)
    {
        if (working is null)
        {
            return;
        }

        problems.Unknown(working.Unknown, at);
        problems.OptionalText(working.Folder, 1, 4096, $"{at}.folder");
        problems.OptionalText(working.Repo, 1, 2048, $"{at}.repo");
        problems.OptionalText(working.Ref, 1, 256, $"{at}.ref");
        problems.Artifacts(working.Artifacts, $"{at}.artifacts");
        if (working.Folder?.Split('/', '\\').Contains("..") is true)
        {
            problems.Add($"{at}.folder", "must not go up by ..");
        }

        // Both become arguments of git, where a leading - would be an option.
        foreach (var (field, text) in new[] { ("repo", working.Repo), ("ref", working.Ref) })
        {
            if (text?.StartsWith('-') is true)
            {
                problems.Add($"{at}.{field}", "must not begin with -");
            }
        }

        if (Uri.TryCreate(working.Repo, UriKind.Absolute, out var repo) && repo.UserInfo.Contains(':'))
        {
            problems.Add($"{at}.repo", "must not have a password in it: whoever reads the post would read it");
        }

        if (whole && working.Folder is not null && working.Repo is not null)
        {
            problems.Add($"{at}.repo", "can't stand beside folder: it is one or the other");
        }

        if (whole && working.Ref is not null && working.Repo is null)
        {
            problems.Add($"{at}.ref", "is for a repo only");
        }
    }
}
