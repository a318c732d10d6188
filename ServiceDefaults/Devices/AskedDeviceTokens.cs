using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Secrets;
using Refit;

namespace Agents.ServiceDefaults.Devices;

/// <summary>
/// Asks Registry, and keeps its answer for moments: a busy device costs a question now and then, and a token that has
/// ended is good nowhere after them.
/// </summary>
internal sealed class AskedDeviceTokens(IRegistryInternal registry, TimeProvider time) : IDeviceTokens
{
    /// <summary>When full, all are forgotten and asked anew: simple, and bounded.</summary>
    private const int MaxKept = 10_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<UInt128, (KnownDevice? Device, long At)> _kept = new();

    public async ValueTask<KnownDevice?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var hash = BinaryPrimitives.ReadUInt128LittleEndian(Opaque.Hash(token));
        if (_kept.TryGetValue(hash, out var kept) && time.GetElapsedTime(kept.At) < KeptFor)
        {
            return kept.Device;
        }

        // Counted from the question: what ends while it is on its way must not be kept for longer.
        var at = time.GetTimestamp();
        var device = await AskAsync(token, cancellationToken);
        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        _kept[hash] = (device, at);
        return device;
    }

    private async Task<KnownDevice?> AskAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            return await registry.AuthenticateDeviceAsync(new(token), cancellationToken);
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
