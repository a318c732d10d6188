using System.Runtime.CompilerServices;

namespace Agents.Tests.App;

internal static class NoTraces
{
    /// <summary>
    /// A .NET process that is killed leaves its diagnostics sockets in the temporary folder, and killing is what these
    /// tests do. Their children do without.
    /// </summary>
    [ModuleInitializer]
    public static void KeepDiagnosticsOff() => Environment.SetEnvironmentVariable("DOTNET_EnableDiagnostics", "0");
}
