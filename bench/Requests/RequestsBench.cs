using Agents.Bench.Figures;
using Agents.Bench.Load;
using Agents.Bench.Subject;
using Npgsql;

namespace Agents.Bench.Requests;

/// <summary>What a request costs: each hop alone and all together, beside the same row inserted with nothing around it.</summary>
internal static class RequestsBench
{
    /// <summary>The limit of the gateway is 6,000 requests per second and person, and it alone answers up to 60,000.</summary>
    private const int People = 16;

    /// <summary>In all, before anything counts: until then a process is busy with compiling itself anew.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(26);

    /// <summary>At the head of each turn, uncounted: connections are made and caches find their place.</summary>
    private static readonly TimeSpan LeadIn = TimeSpan.FromMilliseconds(300);

    private const int Attempts = 4;

    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        await using var agents = await RunningAgents.StartAsync(cancellationToken);
        await using var database = NpgsqlDataSource.Create(await agents.ConnectionStringAsync("identitydb", cancellationToken) + ";Maximum Pool Size=200");
        await TicketRow.CreateTableAsync(database, cancellationToken);
        await using var bare = await BareServer.StartAsync(database, cancellationToken);
        using var echo = new EchoServer();

        var all = Variants.All(
            agents.Gateway, agents.Identity, new(bare.Urls.First()), echo.Address, await agents.PeopleAsync(People, cancellationToken), database, options.Connections);
        var variants = all.Where(variant => variant.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase)).ToList();
        if (variants.Count == 0)
        {
            Console.Error.WriteLine($"No variant's name holds '{options.Only}'. There are: {string.Join("; ", all.Select(variant => variant.Name))}.");
            return 2;
        }

        var clock = CpuClock.OfChildren((RequestsTable.Gateway, "Agents.Gateway.dll"), (RequestsTable.Identity, "Agents.Identity.dll"), (CpuClock.Postgres, "postgres -D"));
        var samples = await MeasureAsync(variants, clock, options, cancellationToken);
        Console.WriteLine(RequestsTable.Write(options, variants, samples));
        return 0;
    }

    /// <summary>Round by round, every other one backwards, so that what drifts meets all alike.</summary>
    private static async Task<ILookup<Variant, Sample>> MeasureAsync(
        List<Variant> variants, CpuClock clock, BenchOptions options, CancellationToken cancellationToken)
    {
        foreach (var variant in variants)
        {
            await variant.Load.RunAsync(WarmUp / variants.Count, cancellationToken);
        }

        var samples = new List<(Variant Variant, Sample Sample)>();
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var variant in round % 2 == 0 ? variants : Enumerable.Reverse(variants))
            {
                var sample = await TurnAsync(variant, clock, options.Turn, cancellationToken);
                samples.Add((variant, sample));
                Console.Error.WriteLine($"round {round + 1}  {variant.Name}: {sample.Turn.PerSecond:N0}/s, others {sample.OthersShare:P0}");
            }
        }

        return samples.ToLookup(sample => sample.Variant, sample => sample.Sample);
    }

    /// <summary>A turn in which others worked on the machine is done again, for as long as there is hope.</summary>
    private static async Task<Sample> TurnAsync(Variant variant, CpuClock clock, TimeSpan duration, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await variant.Load.RunAsync(LeadIn, cancellationToken);
            var before = clock.Read();
            var turn = await variant.Load.RunAsync(duration, cancellationToken);
            var sample = new Sample(turn, clock.Read().Since(before));
            if (!sample.IsDisturbed || attempt == Attempts)
            {
                return sample;
            }
        }
    }
}
