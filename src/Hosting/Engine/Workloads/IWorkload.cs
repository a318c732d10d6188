using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Engine;

/// <summary>One instance of a resource, as the engine runs it.</summary>
internal interface IWorkload
{
    IResource Resource { get; }

    /// <summary>The resource's name, and a number behind it where there are several.</summary>
    string Id { get; }

    /// <summary>Where it is reached, for people.</summary>
    string? Address { get; }

    /// <summary>Makes ready what the program needs and says how to start it; null: there is nothing to start.</summary>
    /// <exception cref="DistributedApplicationException">It can never start; trying again is of no use.</exception>
    Task<ChildCommand?> PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Answers false or throws while it is not healthy.</summary>
    Task<bool> IsHealthyAsync(CancellationToken cancellationToken);
}
