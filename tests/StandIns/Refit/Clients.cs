using Refit;

namespace Agents.Tests.StandIns.Refit;

public enum Kind
{
    Plain,

    [System.Runtime.Serialization.EnumMember(Value = "in-words")]
    InWords,
}

public sealed record Thing(string Name, int Size);

public record Page(int? Limit = null, string? Cursor = null);

public sealed record Filter(
    string? State = null,
    [property: AliasAs("kind_of")] Kind? Kind = null,
    [property: Query(CollectionFormat.Multi)] string[]? Labels = null,
    [property: Query(Format = "yyyy")] DateTimeOffset? Since = null) : Page;

[Headers("X-Everywhere: yes", "X-Dropped: no")]
public interface IVerbs
{
    [Get("/things")]
    Task<Seen> GetAsync();

    [Post("/things")]
    Task<Seen> PostAsync([Body] Thing thing, CancellationToken cancellationToken = default);

    [Put("/things/{id}")]
    Task<Seen> PutAsync(string id, [Body(buffered: true)] Thing thing);

    [Patch("/things/{id}")]
    [Headers("X-Dropped", "X-Own: a: b", "Content-Language: de")]
    Task<Seen> PatchAsync([AliasAs("id")] Guid thingId, [Body] Stream raw);

    [Delete("/things/{id}")]
    Task DeleteAsync(int id);

    [Head("/things")]
    Task<HttpResponseMessage> HeadAsync();

    [Options("/things")]
    Task<Seen> OptionsAsync([Header("X-Token")] string? token, [Header("X-At")] DateTimeOffset? at);

    [Post("/text")]
    Task<Seen> PostTextAsync([Body] string text);

    [Post("/text")]
    Task<Seen> PostJsonTextAsync([Body(BodySerializationMethod.Serialized)] string? text);

    [Post("/content")]
    Task<Seen> PostContentAsync([Body] HttpContent content);

    [Post("/nothing")]
    Task<Seen> PostNothingAsync();
}

internal interface IAddresses
{
    [Get("/a/{one}/{two}.json")]
    Task<Seen> PathAsync(string one, Kind two);

    [Get("/files/{**path}")]
    Task<Seen> RestAsync(string path);

    [Get("/{**path}")]
    Task<Seen> AllAsync(string path);

    [Get("/fixed?raw=true&who={who}")]
    Task<Seen> FixedAsync(string? who, int? limit);

    [Get("/q")]
    Task<Seen> QueryAsync(string? text, bool? flag, DateTimeOffset? at, Kind? kind, [AliasAs("n")] double? number, [Query(Format = "0.00")] decimal? price);

    [Get("/q")]
    Task<Seen> ListsAsync(string?[]? plain, [Query(CollectionFormat.Csv)] IReadOnlyList<int>? csv, [Query(CollectionFormat.Multi)] IEnumerable<string?>? multi);

    [Get("/q")]
    Task<Seen> SeparatedAsync([Query(CollectionFormat.Ssv)] int[] ssv, [Query(CollectionFormat.Tsv)] int[] tsv, [Query(CollectionFormat = CollectionFormat.Pipes)] int[] pipes);

    [Get("/q")]
    Task<Seen> ObjectAsync([Query] Filter? filter, [Query(".", "page")] Page? page = null);

    [Get("/day/{day}")]
    Task<Seen> DayAsync([Query(Format = "yyyy-MM-dd")] DateTimeOffset day, string @event);
}

public interface IReplies
{
    [Get("/errors/{status}")]
    Task<Thing> FailAsync(int status);

    [Get("/errors/{status}")]
    Task FailSilentlyAsync(int status);

    [Get("/errors/{status}")]
    Task<ApiResponse<Thing>> FailAsResponseAsync(int status);

    [Get("/errors/{status}")]
    Task<HttpResponseMessage> FailAsMessageAsync(int status);

    [Get("/broken")]
    Task<Thing> BrokenAsync();

    [Get("/broken")]
    Task<IApiResponse<Thing>> BrokenAsResponseAsync();

    [Get("/text")]
    Task<string> TextAsync();

    [Get("/text")]
    Task<Stream> StreamAsync();

    [Get("/text")]
    Task<IApiResponse> ResponseAsync();

    [Get("/echo")]
    Task<ApiResponse<Seen>> EchoAsync();

    [Get("/never")]
    Task<Thing> NeverAsync(CancellationToken cancellationToken);

    [Get("/stalls/{status}")]
    Task<Thing> StallAsync(int status, CancellationToken cancellationToken);

    /// <summary>Has a body of its own, so it is nobody's call.</summary>
    async Task<int> LengthAsync() => (await TextAsync()).Length;
}

[Headers("X-Level: base")]
public interface IReads
{
    [Get("/inherited/{id}")]
    [Headers("X-From: base")]
    Task<Seen> ReadAsync(string id);
}

/// <summary>Everything it can do comes from its base.</summary>
[Headers("X-Level: derived")]
public interface IInherited : IReads;

public interface INobody
{
    Task UncalledAsync();
}
