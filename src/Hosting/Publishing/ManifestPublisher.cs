using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Publishing;

/// <summary>
/// Writes the application as the manifest that azd and its like read: <c>--publisher manifest --output-path F</c>.
/// Nothing is started for it, and no secret is made or read: what has to be secret is an input that the reader generates.
/// </summary>
internal static class ManifestPublisher
{
    private const string SchemaAddress = "https://json.schemastore.org/aspire-8.0.json";

    // Connection strings and expressions as a person would write them; the file is never put into a page.
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file that was written: <paramref name="outputPath"/> where it ends in .json, else one in that folder.</summary>
    public static async Task<string> PublishAsync(
        DistributedApplicationModel model, string outputPath, CancellationToken cancellationToken)
    {
        var file = FileFor(outputPath);
        var manifest = new JsonObject
        {
            ["$schema"] = SchemaAddress,
            ["resources"] = await new ManifestResources(Path.GetDirectoryName(file)!).WriteAsync(model, cancellationToken),
        };

        // Written only when it is whole, so that a model that cannot be published leaves no half file.
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, manifest.ToJsonString(Indented) + "\n", cancellationToken);
        return file;
    }

    internal static string FileFor(string outputPath) => Path.GetFullPath(
        outputPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? outputPath : Path.Combine(outputPath, "aspire-manifest.json"));
}
