using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Registry.Devices;

internal static class InternalDevicesApi
{
    public static void MapInternalDevices(this IEndpointRouteBuilder routes)
    {
        var devices = routes.MapGroup("/internal/devices").RequireAuthorization(Policies.Service);

        devices.MapPost("/authenticate", AuthenticateAsync);
        devices.MapPatch("/{id}", UpdateAsync);
    }

    private static async Task<Results<Ok<KnownDevice>, NotFound>> AuthenticateAsync(
        DeviceCredential credential, KnownDevices devices, CancellationToken cancellationToken) =>
        await devices.FindAsync(credential.Token, cancellationToken) is { } device ? TypedResults.Ok(device) : TypedResults.NotFound();

    private static async Task<Results<Ok, Missing, Invalid, TooMany>> UpdateAsync(
        string id, DeviceUpdate update, DeviceChanges changes, Caller caller, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        update.Validate(problems);
        if (problems.Any)
        {
            return new Invalid(problems.ToErrors());
        }

        return await changes.UpdateAsync(caller with { Id = id }, id, update, cancellationToken) switch
        {
            DeviceChanges.Outcome.Done => TypedResults.Ok(),
            DeviceChanges.Outcome.TooOften => new TooMany(ChangeRate.Pause),
            _ => new Missing(),
        };
    }
}
