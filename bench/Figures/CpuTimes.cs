namespace Agents.Bench.Figures;

/// <summary>CPU seconds: what the whole machine spent (null where not all parts are known), and of that each part.</summary>
internal sealed record CpuTimes(double? Machine, IReadOnlyDictionary<string, double> Parts)
{
    /// <summary>What ran beside, and what a hypervisor gave to somebody else.</summary>
    public double Others => Math.Max(0, Machine - Parts.Values.Sum() ?? 0);

    public CpuTimes Since(CpuTimes before) =>
        new(Machine - before.Machine, Parts.ToDictionary(part => part.Key, part => part.Value - before.Parts[part.Key]));
}
