using System.Net.Sockets;
using Agents.Daemon.Mcp.Tools;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Agents.Daemon.Mcp;

/// <summary>One conversation in MCP with a task's program.</summary>
internal static class McpSession
{
    private const string Instructions =
        "You work on one task of a fleet of agents. With these tools you find colleagues, hand them parts of your work and wait for them, talk in groups, read what is addressed to you, " +
        "ask a person, say how far you are and keep files with the task.";

    public static async Task RunAsync(McpSeat seat, NetworkStream stream, CancellationToken over)
    {
        await using var transport = new StreamServerTransport(new BoundedLines(stream), stream, McpLaunch.Name);
        var options = new McpServerOptions
        {
            ServerInfo = new() { Name = McpLaunch.Name, Version = Build.Version },
            ServerInstructions = Instructions,
            Capabilities = new() { Tools = new() },
            Handlers = new()
            {
                ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. seat.Tools.Shown.Select(ToWire)] }),
                CallToolHandler = async (request, cancellationToken) => await CallAsync(seat, request.Params, over, cancellationToken),
            },
        };
        await using var server = McpServer.Create(transport, options);
        await server.RunAsync(over);
    }

    private static async Task<CallToolResult> CallAsync(McpSeat seat, CallToolRequestParams? asked, CancellationToken over, CancellationToken cancellationToken)
    {
        if (!seat.TryCall())
        {
            return Wrong($"{McpSeat.MostCalls} calls are being worked on already. Wait until one of them has ended.");
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(over, cancellationToken);
            var said = await seat.Tools.CallAsync(asked?.Name ?? "", new(asked?.Arguments), either.Token);
            return new() { Content = [new TextContentBlock { Text = said }] };
        }
        catch (ToolFault fault)
        {
            return Wrong(fault.Message);
        }
        catch (Failure failure)
        {
            return Wrong(failure.IsFinal ? failure.Message : $"{failure.Message} Nothing is certain about what was to be done; try again in a while.");
        }
        finally
        {
            seat.Called();
        }
    }

    private static CallToolResult Wrong(string why) => new() { Content = [new TextContentBlock { Text = why }], IsError = true };

    private static Tool ToWire(RunTool tool) => new() { Name = tool.Name, Description = tool.Description, InputSchema = tool.Schema };
}
