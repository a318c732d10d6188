using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Registry.Devices;

internal static class InternalDevicesApi
{
    public static void MapInternalDevices(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/devices/authenticate", AuthenticateAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<KnownDevice>, NotFound>> AuthenticateAsync(
        DeviceCredential credential, KnownDevices devices, CancellationToken cancellationToken) =>
        await devices.FindAsync(credential.Token, cancellationToken) is { } device ? TypedResults.Ok(device) : TypedResults.NotFound();
}
