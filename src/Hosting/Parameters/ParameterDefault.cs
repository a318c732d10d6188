using System.Security.Cryptography;

namespace Agents.Hosting.ApplicationModel;

public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}

/// <summary>A random text, of the kinds of characters asked for.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string LowerCharacters = "abcdefghijkmnpqrstuvwxyz";
    private const string UpperCharacters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string NumericCharacters = "0123456789";
    private const string SpecialCharacters = "-_.{}~()*+!";

    public int MinLength { get; set; }
    public bool Lower { get; set; } = true;
    public bool Upper { get; set; } = true;
    public bool Numeric { get; set; } = true;
    public bool Special { get; set; } = true;
    public int MinLower { get; set; }
    public int MinUpper { get; set; }
    public int MinNumeric { get; set; }
    public int MinSpecial { get; set; }

    public override string GetDefaultValue()
    {
        // 128 bits at least, whatever was asked for.
        var length = Math.Max(Math.Max(MinLength, 22), MinLower + MinUpper + MinNumeric + MinSpecial);
        var all = Kinds().Aggregate("", (characters, kind) => characters + kind.Characters);
        var text = Kinds().SelectMany(kind => RandomNumberGenerator.GetItems<char>(kind.Characters, kind.Min)).ToList();
        text.AddRange(RandomNumberGenerator.GetItems<char>(all, length - text.Count));

        var shuffled = text.ToArray();
        RandomNumberGenerator.Shuffle<char>(shuffled);
        return new string(shuffled);
    }

    private IEnumerable<(string Characters, int Min)> Kinds()
    {
        if (Lower) { yield return (LowerCharacters, MinLower); }
        if (Upper) { yield return (UpperCharacters, MinUpper); }
        if (Numeric) { yield return (NumericCharacters, MinNumeric); }
        if (Special) { yield return (SpecialCharacters, MinSpecial); }
    }
}
