using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Refit.StandIn;

/// <summary>Where generated clients announce themselves. For generated code alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RestClients
{
    public static void Add<T>(Func<HttpClient, RefitSettings, T> make) => Maker<T>.Make = make;

    internal static T Create<T>(HttpClient client, RefitSettings settings)
    {
        // Nothing of the interface's assembly need have run yet, and its module initializers are what announces the clients.
        RuntimeHelpers.RunModuleConstructor(typeof(T).Module.ModuleHandle);

        return Maker<T>.Make is { } make
            ? make(client, settings)
            : throw new InvalidOperationException(
                $"{typeof(T)} has no generated client: it needs a method with a Refit attribute, in a project that references Refit.");
    }

    private static class Maker<T>
    {
        internal static Func<HttpClient, RefitSettings, T>? Make { get; set; }
    }
}
