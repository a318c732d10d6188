using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Agents.Daemon.Commands;

/// <summary>The usual help, and below it how it is done.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new()
    {
        ["login"] =
        [
            "ccc login https://agents.example.com",
            "ccc login https://agents.example.com --email me@example.com --password-stdin < password-file",
            "ccc login https://agents.example.com --api-key-stdin < key-file",
        ],
        ["generate-token"] = ["ccc generate-token", "ccc generate-token --device-id build-7 --expires 10m", "ssh build-7 ccc connect --server https://agents.example.com --token $(ccc generate-token)"],
        ["connect"] =
        [
            "ccc connect --token TOKEN --server https://agents.example.com",
            "CCC_CENTRAL_SERVER=wss://agents.example.com ccc connect --token=TOKEN --label site=cellar --concurrency 2",
            "ccc connect --token TOKEN --run",
        ],
        ["daemon"] = ["ccc daemon", "ccc daemon --config /etc/ccc.yaml", "ccc daemon --install", "sudo ccc daemon --install --system"],
        ["verify"] = ["ccc verify dev-team", "ccc verify dev-team --after 1200", "ccc verify dev-team --json | jq '.findings[]'"],
        ["posts"] = ["ccc posts", "ccc posts new shell -- /bin/sh", "ccc posts new reviewer --runner claude --model opus --role \"You review what others wrote.\" --tool Bash=ask"],
        ["new"] = ["ccc posts new shell -- /bin/sh", "ccc posts new reviewer --runner claude --tool Read=allow --tool Bash=ask", "ccc posts new builder --runner codex --repo git@example.com:app.git --role - < role.md"],
        ["hire"] = ["ccc hire reviewer", "ccc hire builder --count 5 --name \"builder-{n}\"", "ccc hire builder --device build-7 --device build-8"],
        ["run"] = ["ccc run \"Tidy up the build\" --post builder --follow", "ccc run - --agent AGENT < prompt.txt", "ccc run \"What is new?\" -f --json | jq .result"],
        ["tasks"] = ["ccc tasks", "ccc tasks --status waiting", "ccc tasks --agent AGENT -n 5 --json | jq '.items[].status'"],
        ["logs"] = ["ccc logs TASK", "ccc logs TASK -f", "ccc logs TASK --json | jq -r 'select(.kind == \"text\").data'"],
        ["artifacts"] = ["ccc artifacts TASK", "ccc artifacts TASK --get out/report.pdf", "ccc artifacts TASK --all -o results --json | jq -r '.[].path'"],
        ["answer"] = ["ccc answer TASK", "ccc answer TASK --allow", "ccc answer TASK --deny \"Not on a Friday\"", "ccc answer TASK --option red", "ccc answer TASK \"Call it Anna\""],
        ["cancel"] = ["ccc cancel TASK", "ccc cancel TASK --reason \"the wrong branch\""],
        ["send"] = ["ccc send AGENT \"Leave the tests as they are\""],
        ["agents"] = ["ccc agents", "ccc agents --online", "ccc agents --json | jq '.items[].name'"],
    };

    private static readonly string[] FirstSteps =
        ["ccc login https://agents.example.com", "ccc connect --server https://agents.example.com --token $(ccc generate-token)", "ccc daemon", "ccc status"];

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        if (command is RootCommand || Examples.ContainsKey(command.Name))
        {
            output.WriteLine(command is RootCommand ? "First steps:" : "Examples:");
            foreach (var example in command is RootCommand ? FirstSteps : Examples[command.Name])
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        if (command is RootCommand)
        {
            output.WriteLine("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not signed in or not enrolled, 4 the server can't be reached.");
        }

        return ExitCode.Ok;
    }
}
