using System.Collections.Concurrent;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Agents.Gateway.Statics;

/// <summary>The built web admin in a folder. What was served once stays in memory until its file changes.</summary>
internal sealed class Site(string folder)
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly PhysicalFileProvider? _files = Directory.Exists(folder) ? new(folder) : null;
    private readonly ConcurrentDictionary<string, SiteFile> _known = new();

    public SiteFile? Find(string path)
    {
        if (_files?.GetFileInfo(path) is not { Exists: true, IsDirectory: false, PhysicalPath: { } place } info)
        {
            return null;
        }

        // As many as there are files, since only those that exist get here; the disk's own spelling is the key.
        if (_known.TryGetValue(place, out var file) && file.IsOf(info))
        {
            return file;
        }

        var type = Types.TryGetContentType(path, out var named) ? named : "application/octet-stream";
        return _known[place] = new(info, type, path.StartsWith("assets/", StringComparison.Ordinal));
    }
}
