using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Agents.Daemon.Redaction;

/// <summary>How a secret may stand in a program's output: as it is, or as programs write it in JSON, base64 and addresses.</summary>
internal static partial class SecretForms
{
    /// <summary>Where programs break long base64: openssl's way and base64's.</summary>
    private static readonly int[] LineLengths = [64, 76];

    public static IEnumerable<string> Of(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return [value, .. Json(value), .. Base64(bytes), .. Escaped(value)];
    }

    private static IEnumerable<string> Json(string value) => [JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value), JavaScriptEncoder.Default.Encode(value)];

    private static IEnumerable<string> Base64(byte[] bytes)
    {
        var whole = Convert.ToBase64String(bytes);
        List<string> forms = [whole, whole.TrimEnd('='), .. LineLengths.Select(length => string.Join('\n', Inner(bytes, 0).Chunk(length).Select(line => new string(line))))];
        for (var before = 0; before < 3; before++)
        {
            forms.Add(Inner(bytes, before));
        }

        return [.. forms, .. forms.Select(form => form.Replace('+', '-').Replace('/', '_'))];
    }

    /// <summary>Within something longer, as a password is in a header: only the digits that no neighbour has a part in.</summary>
    /// <param name="before">So many bytes stand before it in its first group of three.</param>
    private static string Inner(byte[] bytes, int before)
    {
        byte[] shifted = [.. new byte[before], .. bytes];
        var digits = Convert.ToBase64String(shifted);
        return digits[((before * 8 + 5) / 6)..((before + bytes.Length) * 8 / 6)];
    }

    /// <summary>Those who escape agree on most characters, and not on all.</summary>
    private static IEnumerable<string> Escaped(string value)
    {
        var all = Uri.EscapeDataString(value);
        var component = all.Replace("%21", "!", StringComparison.Ordinal).Replace("%27", "'", StringComparison.Ordinal).Replace("%28", "(", StringComparison.Ordinal)
            .Replace("%29", ")", StringComparison.Ordinal).Replace("%2A", "*", StringComparison.Ordinal);
        string[] forms = [all, component, all.Replace("%2F", "/", StringComparison.Ordinal), WebUtility.UrlEncode(value)];
        return [.. forms, .. forms.Select(form => Hex().Replace(form, escape => escape.Value.ToLowerInvariant()))];
    }

    [GeneratedRegex("%[0-9A-F]{2}")]
    private static partial Regex Hex();
}
