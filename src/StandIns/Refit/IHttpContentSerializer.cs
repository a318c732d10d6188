using System.Reflection;

namespace Refit;

public interface IHttpContentSerializer
{
    HttpContent ToHttpContent<T>(T item);

    Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default);

    /// <summary>The name a property has on the wire, where the serializer has one of its own for it.</summary>
    string? GetFieldNameForProperty(PropertyInfo propertyInfo);
}
