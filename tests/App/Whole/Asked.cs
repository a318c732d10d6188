using System.Globalization;

namespace Agents.Tests.App.Whole;

/// <summary>How much of something a long run is asked for, from the environment.</summary>
internal static class Asked
{
    /// <summary>Null where it is not said, or is no number above zero.</summary>
    public static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
