using Agents.ServiceDefaults.Files;
namespace Agents.Scheduler.Artifacts.Stores;

/// <summary>Where the content of artifacts lies. Which artifacts there are the table knows.</summary>
internal interface IArtifactStore
{
    /// <summary>As the table has it: an artifact is read where it was written, also after another store was chosen.</summary>
    string Name { get; }

    /// <summary>Where that is, for the log.</summary>
    string Address { get; }

    /// <summary>All of the body, or an exception; what came until then is deleted by the caller.</summary>
    Task WriteAsync(Guid id, UploadBody body, CancellationToken cancellationToken);

    /// <summary>The content from a place on, to be read forwards.</summary>
    Task<Stream> OpenAsync(Guid id, long from, CancellationToken cancellationToken);

    /// <summary>Whatever there is of them, also of unfinished ones. That there is nothing is no fault.</summary>
    Task DeleteAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken);

    /// <summary>An exception says why it can't be used.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
