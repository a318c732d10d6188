using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Envelopes;

namespace Agents.Registry.Agents;

/// <summary>
/// The list as seeds 001 and 003 show it: the array alone, for who writes <c>/api/agents</c> without the version. The API
/// document tells of the canonical path only.
/// </summary>
internal sealed class BareAgents(IReadOnlyList<AgentView> agents) : IResult, IValueHttpResult
{
    public const int Cap = 10_000;

    public object Value => agents;

    /// <summary>The gateway says how the path began before it brought it into its one form; nobody else can.</summary>
    public static bool AreAskedFor(HttpRequest request) => request.Headers["X-Forwarded-Prefix"].ToString() == "/api";

    public Task ExecuteAsync(HttpContext httpContext) => EnvelopeWriter.WriteAsync(httpContext, Contracts.ErrorCode.Ok, data: agents);
}
