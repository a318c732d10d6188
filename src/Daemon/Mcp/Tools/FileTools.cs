using System.Security.Cryptography;
using System.Text;

namespace Agents.Daemon.Mcp.Tools;

/// <summary>Files that stay with the task.</summary>
internal static class FileTools
{
    public const long MostBytes = 50L << 20;

    private const int LongestText = 1 << 20;

    public static IEnumerable<RunTool> Of(McpRun run) =>
    [
        RunTool.Of(
            "save_artifact", "Keeps a file with this task, where people and later tasks find it: a file of your working folder by its path, or a text under a name.",
            """
            {"path":{"type":"string","description":"Of a file in your working folder."},
             "text":{"type":"string","description":"Instead of path: what the file says."},
             "name":{"type":"string","description":"What it is called; of a path, its file name if left out."}}
            """,
            [], (arguments, cancellationToken) => SaveAsync(run, arguments, cancellationToken)),
    ];

    private static async Task<string> SaveAsync(McpRun run, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var (path, text, name) = (arguments.OptionalText("path", 4096), arguments.OptionalText("text", LongestText), arguments.OptionalText("name", 255));
        if (path is null == text is null)
        {
            throw new ToolFault("Say what to keep: either path or text.");
        }

        if (text is not null)
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(run.Safe(text)));
            return await SaveAsync(run, name ?? throw new ToolFault("name is required with text."), content, cancellationToken);
        }

        await using var file = WorkFile.Open(run.Folder, path!);
        return file.Length > MostBytes
            ? throw new ToolFault($"{path} has {file.Length} bytes; an artifact has at most {MostBytes}.")
            : await SaveAsync(run, name ?? Path.GetFileName(path!), file, cancellationToken);
    }

    private static async Task<string> SaveAsync(McpRun run, string name, Stream content, CancellationToken cancellationToken)
    {
        var sum = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        content.Position = 0;
        var saved = await run.Server.SaveAsync(run, name, content, sum, cancellationToken);
        return McpRun.Told(saved, DaemonJson.Wire.ArtifactView);
    }
}
