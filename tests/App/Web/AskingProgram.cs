namespace Agents.Tests.App.Web;

/// <summary>A small program that speaks the Agent Client Protocol: before it does what it was told it asks, and it says what it heard.</summary>
internal static class AskingProgram
{
    private const string Source =
        """
        const say = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n');
        const text = (words) => say({ method: 'session/update', params: { sessionId: 's1', update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: words } } } });
        let turn;
        require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
          const { id, method, params, result } = JSON.parse(line);
          if (method === 'initialize') say({ id, result: { protocolVersion: 1, agentCapabilities: {} } });
          else if (method === 'session/new') say({ id, result: { sessionId: 's1' } });
          else if (method === 'session/prompt') {
            turn = id;
            text('I ask first. ');
            const toolCall = { toolCallId: 't1', title: params.prompt.at(-1).text, kind: 'execute', rawInput: { command: 'rm -r build' } };
            const options = [{ optionId: 'yes', name: 'Allow', kind: 'allow_once' }, { optionId: 'no', name: 'Deny', kind: 'reject_once' }];
            say({ id: 'asked', method: 'session/request_permission', params: { sessionId: 's1', toolCall, options } });
          } else if (id === 'asked') {
            text(`I heard ${result.outcome.optionId}.`);
            say({ id: turn, result: { stopReason: 'end_turn' } });
          }
        });
        """;

    /// <summary>A post whose agents are it.</summary>
    public static object Template(string folder)
    {
        var file = Path.Combine(folder, "asking.cjs");
        File.WriteAllText(file, Source);
        return new { runner = "acp", command = new[] { "node", file }, limits = new { timeout = 120 } };
    }
}
