namespace Agents.Hosting.Engine;

/// <summary>A way to run a server: in a container, or with programs of this machine.</summary>
internal interface IServer
{
    Task<ChildCommand> PrepareAsync(CancellationToken cancellationToken);
}
