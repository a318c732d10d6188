namespace Refit;

/// <summary>The argument that becomes the request's body.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class BodyAttribute : Attribute
{
    public BodyAttribute()
    {
    }

    public BodyAttribute(bool buffered) => Buffered = buffered;

    public BodyAttribute(BodySerializationMethod serializationMethod, bool buffered)
    {
        SerializationMethod = serializationMethod;
        Buffered = buffered;
    }

    public BodyAttribute(BodySerializationMethod serializationMethod = BodySerializationMethod.Default) =>
        SerializationMethod = serializationMethod;

    /// <summary>Read whole before it is sent, so that it goes with a Content-Length; null leaves it to the settings.</summary>
    public bool? Buffered { get; }

    public BodySerializationMethod SerializationMethod { get; } = BodySerializationMethod.Default;
}

public enum BodySerializationMethod
{
    /// <summary>A string, a stream or an HttpContent goes as it is; everything else through the serializer.</summary>
    Default = 0,

    /// <summary>Forms are not covered: the generator refuses this with RFS010.</summary>
    UrlEncoded = 2,

    /// <summary>Through the serializer, strings too.</summary>
    Serialized = 3,
}
