using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;
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

    private static async Task<Results<Ok, NotFound>> UpdateAsync(
        string id, DeviceUpdate update, DeviceChanges changes, CancellationToken cancellationToken) =>
        await changes.UpdateAsync(id, update, cancellationToken) ? TypedResults.Ok() : TypedResults.NotFound();
}
