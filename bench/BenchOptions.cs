using System.Globalization;

namespace Agents.Bench;

/// <summary>What to measure, and how.</summary>
internal sealed record BenchOptions(string What)
{
    public const string Help = "help";
    public const string Long = "long";
    public const string Requests = "requests";

    public const string HelpText = """
        dotnet run -c Release --project bench [-- what] [options]

        what
          requests     what a request costs, hop by hop (the default, under 3 minutes)
          long         what takes longer; there is none yet

        options of requests
          --connections N   at once, for every variant and for the raw INSERTs; 32
          --seconds N       of each turn; 3
          --rounds N        turns of each variant, one after the other and back again; 3
          --only TEXT       only variants whose name holds TEXT

        It starts the whole application on free ports with a data folder of its own, and removes it.
        Nothing else should run on the machine meanwhile.
        """;

    public int Connections { get; init; } = 32;

    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(3);

    public int Rounds { get; init; } = 3;

    public string Only { get; init; } = "";

    public static bool TryParse(string[] args, out BenchOptions options, out string problem)
    {
        options = new(Requests);
        problem = "";
        if (args.Any(arg => arg is "--help" or "-h" or "-?"))
        {
            options = new(Help);
            return true;
        }

        if (args is [var what, ..] && !what.StartsWith('-'))
        {
            options = new(what);
            args = args[1..];
        }

        if (options.What is not (Requests or Long))
        {
            problem = $"'{options.What}' is nothing that is measured here; --help lists what is.";
            return false;
        }

        for (var i = 0; i < args.Length; i += 2)
        {
            var value = args.ElementAtOrDefault(i + 1) ?? "";
            if (options.With(args[i], value) is not { } with)
            {
                problem = $"'{args[i]} {value}' is not understood; --help lists what is.";
                return false;
            }

            options = with;
        }

        return true;
    }

    private BenchOptions? With(string name, string value)
    {
        if (name is "--only" && value.Length > 0)
        {
            return this with { Only = value };
        }

        return !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 10_000 ? null : name switch
        {
            "--connections" when number <= 200 => this with { Connections = number },
            "--seconds" => this with { Turn = TimeSpan.FromSeconds(number) },
            "--rounds" => this with { Rounds = number },
            _ => null,
        };
    }
}
