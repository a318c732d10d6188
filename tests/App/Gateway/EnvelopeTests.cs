using System.Text;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Gateway;

/// <summary>Whatever goes wrong, wherever: the answer is the envelope, with the right code and the request's id.</summary>
[Collection(WholeApp.Name)]
public sealed class EnvelopeTests(AgentsApp app)
{
    private const string Login = "/api/v1/auth/login";

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    [Theory(DisplayName = "A path that is none is 2001")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v1/auth/nothing")]
    [InlineData("/api")]
    [InlineData("/internal/revocations")]
    [InlineData("/internal/whoami")]
    [InlineData("/INTERNAL/whoami")]
    [InlineData("/%69nternal/whoami")]
    [InlineData("//internal/whoami")]
    [InlineData("/internal/")]
    [InlineData("/api/v1/../../internal/whoami")]
    [InlineData("/api/v1/auth/%2e%2e/%2e%2e/%2e%2e/internal/whoami")]
    [InlineData("/api/internal/whoami")]
    public async Task NotFound(string path)
    {
        var admin = await app.AdminAsync();
        // As it stands, past the client's own tidying up of dots.
        var uri = new Uri(admin.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Authorization = new("Bearer", admin.Token);

        using var response = await admin.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Contains("\"code\":2001", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory(DisplayName = "Another method is 405 with 1001")]
    [InlineData("PUT", Login)]
    [InlineData("DELETE", "/api/v1/auth/me")]
    [InlineData("POST", "/api/v1/system/health")]
    public async Task Method(string method, string path) =>
        (await (await app.AdminAsync()).SendAsync(new HttpMethod(method), path, null)).Is(405, 1001);

    [Theory(DisplayName = "A body that cannot be read is 1001 and names the field")]
    [InlineData("""{"email":1,"password":"x"}""", "email")]
    [InlineData("""{"email":"a","password":{}}""", "password")]
    [InlineData("""{"email":"a","password":"b","cookie":"yes"}""", "cookie")]
    [InlineData("""{"email":"a"}""", "password")]
    [InlineData("""{}""", "email")]
    public async Task Field(string body, string field)
    {
        var answer = await app.Anonymous().PostAsync(Login, Json(body));

        answer.Is(400, 1001);
        Assert.NotEmpty(answer.Error(field));
    }

    [Theory(DisplayName = "Broken JSON is 1001 and says where")]
    [InlineData("""{"email":""")]
    [InlineData("not json")]
    [InlineData("""{"email":"a",}""")]
    [InlineData("")]
    public async Task Broken(string body)
    {
        var answer = await app.Anonymous().PostAsync(Login, Json(body));

        answer.Is(400, 1001);
        Assert.Contains("body", answer.Message);
    }

    [Theory(DisplayName = "Another content type is 415 with 1001")]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task ContentType(string type) =>
        (await app.Anonymous().PostAsync(Login, new StringContent("{}", Encoding.UTF8, type))).Is(415, 1001);

    [Fact(DisplayName = "A body of 2 MiB is 413 with 1001, also when it comes in chunks of unknown number")]
    public async Task TooLarge()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"email":"{{new string('a', 2 * 1024 * 1024)}}","password":"x"}""");

        (await app.Anonymous().PostAsync(Login, new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } })).Is(413, 1001);
        (await app.Anonymous().PostAsync(Login, new Chunked(body))).Is(413, 1001);
        (await (await app.AdminAsync()).PostAsync("/api/v1/users", new Chunked(body))).Is(413, 1001);
    }

    [Fact(DisplayName = "A query that cannot be read is 1001 and names the parameter")]
    public async Task Query()
    {
        var answer = await (await app.AdminAsync()).GetAsync("/api/v1/users?page_size=many");

        answer.Is(400, 1001);
        Assert.Equal("has the wrong type or value", answer.Error("page_size"));
    }

    [Fact(DisplayName = "A sane X-Request-ID is taken, returned in head and body; another is replaced")]
    public async Task RequestId()
    {
        var taken = await app.Anonymous().GetAsync("/api/v1/auth/me", ("X-Request-ID", "trace-me.42"));
        var replaced = await app.Anonymous().GetAsync("/api/v1/auth/me", ("X-Request-ID", "a b\"c"));

        Assert.Equal(("trace-me.42", "trace-me.42"), (taken.RequestId, taken.Headers.GetValues("X-Request-ID").Single()));
        Assert.Matches("^[A-Za-z0-9._-]{1,64}$", replaced.RequestId);
    }

    /// <summary>A body without a length, so that nobody can refuse it by its header.</summary>
    private sealed class Chunked : HttpContent
    {
        private readonly byte[] _body;

        public Chunked(byte[] body)
        {
            _body = body;
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            foreach (var chunk in _body.Chunk(16 * 1024))
            {
                await stream.WriteAsync(chunk);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
