using Agents.Contracts.Posts;
using Agents.Posts.Files;

namespace Agents.Posts.Gallery;

/// <summary>The posts that come along, each a file beside this one.</summary>
internal static class Starters
{
    private const string Prefix = "Gallery/";

    private static readonly Lazy<IReadOnlyList<GalleryPost>> Read = new(() =>
        [.. typeof(Starters).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Of)]);

    public static IReadOnlyList<GalleryPost> All => Read.Value;

    private static GalleryPost Of(string resource)
    {
        using var text = new StreamReader(typeof(Starters).Assembly.GetManifestResourceStream(resource)!);
        var (post, message, errors) = PostFile.Read(text.ReadToEnd(), isYaml: true);
        return post is { Template: { } template }
            ? new(Path.GetFileNameWithoutExtension(resource[Prefix.Length..]), post.Name, post.Description ?? "", template)
            : throw new InvalidDataException($"{resource}: {message} {string.Join(", ", errors?.Errors.Select(e => $"{e.Key} {e.Value[0]}") ?? [])}");
    }
}
