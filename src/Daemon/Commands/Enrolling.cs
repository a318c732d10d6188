using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Daemon.Config;
using Agents.Daemon.Programs;
using Agents.Daemon.Server;
using Agents.Daemon.State;

namespace Agents.Daemon.Commands;

/// <summary>How a machine becomes a device: it gets a key, tells about itself, and remembers the credential it is given.</summary>
internal sealed class Enrolling(Folders folders, TimeProvider time)
{
    public ServerTrust Trust { get; init; } = new();

    public string? DeviceId { get; init; }

    public string? Name { get; init; }

    /// <summary>Of config.yaml. Not remembered: whoever changes the file later must not be answered with what it said before.</summary>
    public IReadOnlyDictionary<string, string> ConfigLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>Of the command line, which comes before the file.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public int? Concurrency { get; init; }

    public async Task<ConnectedReport> EnrolAsync(ServerAddress server, string token, CancellationToken cancellationToken)
    {
        var own = Name is null ? Labels : new Dictionary<string, string>(Labels) { ["name"] = Name };
        var labels = MachineFacts.Labels(own, ConfigLabels);
        var programs = await Inventory.OfThisMachine(time).ScanAsync(cancellationToken);
        var facts = MachineFacts.Of(Environment.MachineName, programs, labels);
        using var key = OwnKey.ReadOrMake(folders);
        var id = DeviceId ?? Enrolment.Read(folders)?.DeviceId ?? DefaultId.Of(Environment.MachineName, DefaultId.MarkOfMachine() ?? key.ExportSubjectPublicKeyInfo());
        var request = new RegisterDeviceRequest(
            token, id, facts.Hostname!, Os: facts.Os, Arch: facts.Arch, Version: facts.Version, Capabilities: facts.Capabilities,
            PublicKey: OwnKey.PublicPart(key), Labels: facts.Labels, Concurrency: Concurrency);
        using var api = ServerApi.At(server, Trust);
        var registered = await RegisterAsync(api, request, cancellationToken);
        new Enrolment(server.ToString(), registered.DeviceId, registered.DeviceToken, time.GetUtcNow(), own).Write(folders);
        Told.Write(folders, facts);
        return new(registered.DeviceId, server.ToString(), facts.Capabilities ?? [], facts.Labels ?? labels);
    }

    private static async Task<RegisteredDevice> RegisterAsync(ServerApi api, RegisterDeviceRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await api.RegisterDeviceAsync(request, cancellationToken);
        }
        catch (Failure failure) when (failure.Code is ErrorCode.Clash)
        {
            throw new Failure(
                failure.ExitCode, $"{failure.Message} If {request.DeviceId} is this machine, get a token made for it ('ccc generate-token --device-id {request.DeviceId}'); else choose another --device-id.", failure);
        }
        catch (Failure failure) when (failure.ExitCode is ExitCode.NotSignedIn)
        {
            throw new Failure(failure.ExitCode, $"{failure.Message} A token is good once and for a limited time: get a new one with 'ccc generate-token'.", failure);
        }
    }
}
