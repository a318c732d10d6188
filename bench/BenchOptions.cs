using System.Globalization;
using Agents.Bench.Tasks;

namespace Agents.Bench;

/// <summary>What to measure, and how.</summary>
internal sealed record BenchOptions(string What)
{
    public const string Help = "help";
    public const string Long = "long";
    public const string Requests = "requests";
    public const string Devices = "devices";
    public const string Metrics = "metrics";
    public const string Tasks = "tasks";
    public const string FanOut = "fanout";

    /// <summary>A process has 20,000 descriptors on the machine of docs/performance.md.</summary>
    private const int MostThroughGateway = 8_000;

    public const string HelpText = """
        dotnet run -c Release --project bench [-- what] [options]

        what
          requests     what a request costs, hop by hop (the default, under 3 minutes)
          devices      what devices cost that are connected and idle (3 minutes)
          metrics      figures over time, read and written with ten million there (5 minutes)
          tasks        how fast work gets done, beside other queues (9 minutes; wants Node.js, and redis-server for one of them)
          fanout       one message to all members of a large group (1 minute)
          long         lists, searches and reports with ten million tasks there (half an hour, most of it loading; 30 GB of disk)

        options of requests
          --connections N   at once, for every variant and for the raw INSERTs; 32
          --seconds N       of each turn; 3
          --rounds N        turns of each variant, one after the other and back again; 3
          --only TEXT       only variants whose name holds TEXT

        options of devices
          --count N         devices, one agent each; 10000 (through the gateway 8000)
          --seconds N       of idling; 60
          --gateway         through the gateway in place of straight to Realtime

        options of metrics
          --points N        there before anything is asked; 10000000
          --connections N   at once, for Registry and for the raw COPY; 4
          --seconds N       of each turn of writing; 3
          --rounds N        turns of both; 3

        options of tasks
          --tasks N         in each turn of single submits, three times as many by batches; 20000
          --seconds N       of each turn of raw INSERTs; 3
          --rounds N        turns of each peer, and one of ours beside each; 3
          --backlog N       queued while others are worked on; 1000000
          --count N         devices, two agents each; 8
          --connections N   at once, for submits and for the raw INSERTs; 32
          --only TEXT       only what holds TEXT: raw INSERT, ours|pg-boss|graphile-worker|bullmq single|batch, idle, backlog

        options of fanout
          --count N         members, each a device of its own straight at Realtime; 5000
          --rounds N        messages; 50

        options of long
          --count N         tasks there; 10000000
          --only TEXT       only questions whose name holds TEXT: list, text, report, ...
          Where ConnectionStrings__postgres names a PostgreSQL, what was loaded stays, and the next run asks at once.

        It starts the whole application on free ports with a data folder of its own, and removes it.
        Nothing else should run on the machine meanwhile.
        """;

    public int Connections { get; init; } = 32;

    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(3);

    public int Rounds { get; init; } = 3;

    public string Only { get; init; } = "";

    public int Count { get; init; } = 10_000;

    public int Points { get; init; } = 10_000_000;

    public bool Gateway { get; init; }

    public int TasksEach { get; init; } = 20_000;

    public int Backlog { get; init; } = 1_000_000;

    public bool Wants(string name) => name.Contains(Only, StringComparison.OrdinalIgnoreCase);

    /// <summary>Of a turn. A batch is quicker, so it takes more of them to be as long.</summary>
    public int TasksOf(Way way) => way.Each == 1 ? TasksEach : 3 * TasksEach / way.Each * way.Each;

    public static bool TryParse(string[] args, out BenchOptions options, out string problem)
    {
        options = Of(Requests);
        problem = "";
        if (args.Any(arg => arg is "--help" or "-h" or "-?"))
        {
            options = new(Help);
            return true;
        }

        if (args is [var what, ..] && !what.StartsWith('-'))
        {
            options = Of(what);
            args = args[1..];
        }

        if (options.What is not (Requests or Devices or Metrics or Tasks or FanOut or Long))
        {
            problem = $"'{options.What}' is nothing that is measured here; --help lists what is.";
            return false;
        }

        for (var i = 0; i < args.Length; i += IsFlag(args[i]) ? 1 : 2)
        {
            var value = IsFlag(args[i]) ? "" : args.ElementAtOrDefault(i + 1) ?? "";
            if (options.With(args[i], value) is not { } with)
            {
                problem = $"'{args[i]} {value}' is not understood; --help lists what is.";
                return false;
            }

            options = with;
        }

        if (options.Gateway && options.Count > MostThroughGateway)
        {
            problem = $"The gateway holds two sockets for each device: at most --count {MostThroughGateway} with --gateway.";
            return false;
        }

        return true;
    }

    private static BenchOptions Of(string what) =>
        new(what) { Turn = TimeSpan.FromSeconds(what is Devices ? 60 : 3), Connections = what is Metrics ? 4 : 32, Count = what is Tasks ? 8 : what is Long ? 10_000_000 : what is FanOut ? 5_000 : 10_000, Rounds = what is FanOut ? 50 : 3 };

    private static bool IsFlag(string name) => name is "--gateway";

    private BenchOptions? With(string name, string value)
    {
        switch (name)
        {
            case "--only" when value.Length > 0 && What is not (Devices or Metrics):
                return this with { Only = value };
            case "--gateway" when What is Devices:
                return this with { Gateway = true, Count = Math.Min(Count, MostThroughGateway) };
        }

        return !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 ? null : (What, name) switch
        {
            (FanOut, "--count") when number <= 6_000 => this with { Count = number },
            (Devices, "--count") when number <= 15_000 => this with { Count = number },
            (Long, "--count") when number is >= 100_000 and <= 100_000_000 => this with { Count = number },
            (Tasks, "--count") when number <= 32 => this with { Count = number },
            (Tasks, "--tasks") when number is >= 1_000 and <= 1_000_000 => this with { TasksEach = number },
            (Tasks, "--backlog") when number <= 20_000_000 => this with { Backlog = number },
            (Metrics, "--points") when number <= 100_000_000 => this with { Points = number },
            (_, "--seconds") when number <= 10_000 => this with { Turn = TimeSpan.FromSeconds(number) },
            (not Devices, "--connections") when number <= 200 => this with { Connections = number },
            (not Devices, "--rounds") when number <= 10_000 => this with { Rounds = number },
            _ => null,
        };
    }
}
