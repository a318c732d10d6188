using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Registry.Presence;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Devices;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Devices;

internal static class DevicesApi
{
    public static void AddDevices(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ChangeRate>();
        builder.Services.AddScoped<DeviceChanges>();
        builder.Services.AddScoped<KnownDevices>();
        // Registry judges devices' tokens as the others do, only without asking itself over the network.
        builder.Services.AddScoped<IDeviceTokens>(services => services.GetRequiredService<KnownDevices>());
    }

    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        var devices = routes.MapGroup("/devices").WithTags("Devices");
        var seen = devices.MapGroup("").RequireAuthorization(Policies.SignedIn);
        var changed = devices.MapGroup("").RequireAuthorization(Policies.Operator);

        seen.MapGet("/", ListAsync);
        seen.MapGet("/{id}", GetAsync);
        // What devices have signed is read by whoever reads groups, also when the device is not his to see, or no more.
        devices.MapGet("/{id}/keys", KeysAsync).RequireAuthorization(Policies.SignedInOrDevice);
        changed.MapPatch("/{id}", ChangeAsync);
        changed.MapDelete("/{id}", DeleteAsync);
        changed.MapPost("/{id}/drain", DrainAsync);
        changed.MapPost("/{id}/resume", ResumeAsync);
    }

    private static async Task<Ok<ListOf<DeviceView>>> ListAsync(
        [AsParameters] DeviceFilter filter, RegistryDb db, Silence silence, Caller caller, CancellationToken cancellationToken, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize)
    {
        var paging = new Paging(page, pageSize);
        var found = db.DevicesFor(caller, silence).Where(filter);
        var total = await found.Take(ListOf<DeviceView>.Cap + 1).CountAsync(cancellationToken);
        var devices = await found.OrderBy(r => r.Device.CreatedAt).ThenBy(r => r.Device.Id).Skip(paging.Skip).Take(paging.Size).ToListAsync(cancellationToken);
        return TypedResults.Ok(ListOf<DeviceView>.Capped([.. devices.Select(r => r.ToView())], total));
    }

    private static async Task<Results<Ok<DeviceView>, Missing>> GetAsync(
        string id, RegistryDb db, Silence silence, Caller caller, CancellationToken cancellationToken) =>
        await db.DevicesFor(caller, silence).SingleOrDefaultAsync(r => r.Device.Id == id, cancellationToken) is { } device
            ? TypedResults.Ok(device.ToView())
            : new Missing();

    private static async Task<Ok<ListOf<DeviceKeyPeriod>>> KeysAsync(string id, RegistryDb db, CancellationToken cancellationToken)
    {
        var keys = await db.DeviceKeys.AsNoTracking().Where(k => k.DeviceId == id).OrderBy(k => k.SignsFrom).ToListAsync(cancellationToken);
        return TypedResults.Ok(ListOf<DeviceKeyPeriod>.Of([.. keys.Select(key => key.ToPeriod())]));
    }

    private static async Task<Results<Ok<DeviceView>, Missing>> ChangeAsync(
        string id, ChangeDeviceRequest request, DeviceChanges changes, RegistryDb db, Silence silence, Caller caller, CancellationToken cancellationToken) =>
        await changes.ChangeAsync(caller, id, request, cancellationToken) ? await GetAsync(id, db, silence, caller, cancellationToken) : new Missing();

    private static async Task<Results<Ok<Deleted>, Missing>> DeleteAsync(
        string id, DeviceChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await changes.DeleteAsync(caller, id, cancellationToken) ? TypedResults.Ok(new Deleted()) : new Missing();

    private static async Task<Results<Ok<DeviceView>, Missing>> DrainAsync(
        string id, DeviceChanges changes, RegistryDb db, Silence silence, Caller caller, CancellationToken cancellationToken) =>
        await changes.DrainAsync(caller, id, drain: true, cancellationToken) ? await GetAsync(id, db, silence, caller, cancellationToken) : new Missing();

    private static async Task<Results<Ok<DeviceView>, Missing>> ResumeAsync(
        string id, DeviceChanges changes, RegistryDb db, Silence silence, Caller caller, CancellationToken cancellationToken) =>
        await changes.DrainAsync(caller, id, drain: false, cancellationToken) ? await GetAsync(id, db, silence, caller, cancellationToken) : new Missing();
}
