namespace Agents.Tests.Units.Genuine;

/// <summary>
/// The part of a genuine package's public API that we mirror, as it was recorded: a first line that names the package, its
/// version and the commit, then one signature per line.
/// </summary>
internal sealed record Recording(string Header, IReadOnlySet<string> Signatures)
{
    public static Recording Of(string package)
    {
        using var stream = typeof(Recording).Assembly.GetManifestResourceStream($"{package}.txt")
            ?? throw new FileNotFoundException($"No recorded signatures of {package}.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new(lines[0], lines.Skip(1).ToHashSet(StringComparer.Ordinal));
    }
}
