using Agents.Contracts.Realtime;

namespace Agents.Realtime.Presence;

/// <summary>Those whose state is another than before, for dialects that have no word for the state of one.</summary>
internal sealed record ChangedAgents(AgentList List);
