using Microsoft.VisualStudio.SolutionPersistence.Model;

namespace Microsoft.VisualStudio.SolutionPersistence
{
    public interface ISolutionSerializer
    {
        Task<SolutionModel> OpenAsync(string moniker, CancellationToken cancellationToken);
    }
}

namespace Microsoft.VisualStudio.SolutionPersistence.Model
{
    public class SolutionModel
    {
        public IReadOnlyList<SolutionProjectModel> SolutionProjects { get; } = [];
    }

    public abstract class SolutionItemModel
    {
        public Guid Id { get; init; }
    }

    public sealed class SolutionProjectModel : SolutionItemModel
    {
        public required string FilePath { get; init; }
    }
}

namespace Microsoft.VisualStudio.SolutionPersistence.Serializer
{
    /// <summary>Knows no kind of solution file: EF opens projects one by one.</summary>
    public static class SolutionSerializers
    {
        public static ISolutionSerializer? GetSerializerByMoniker(string moniker) => null;
    }
}
