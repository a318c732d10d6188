using System.Net;
using System.Text.Json;
using Refit;

namespace Agents.Tests.StandIns.Refit;

public sealed class ReplyTests(Echo echo) : IClassFixture<Echo>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IReplies _replies = RestService.For<IReplies>(echo.Client());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Failure_IsThrownWithItsWholeBody(int status)
    {
        var failure = await Assert.ThrowsAsync<ApiException>(() => _replies.FailAsync(status));

        Assert.Equal((HttpStatusCode)status, failure.StatusCode);
        Assert.Equal("because", failure.Headers.GetValues("X-Reason").Single());
        Assert.Equal("application/json", failure.ContentHeaders!.ContentType!.MediaType);
        Assert.Equal(status, (await failure.GetContentAsAsync<JsonElement>()).GetProperty("code").GetInt32());
        Assert.EndsWith("xxx\"}", failure.Content, StringComparison.Ordinal);
        Assert.Equal(new Uri(echo.Address, $"/errors/{status}"), failure.Uri);
        Assert.Equal(HttpMethod.Get, failure.HttpMethod);
    }

    [Fact]
    public async Task Failure_OfACallWithoutReply_IsThrownToo() =>
        Assert.True((await Assert.ThrowsAsync<ApiException>(() => _replies.FailSilentlyAsync(409))).HasContent);

    [Fact]
    public async Task Failure_AsResponse_StandsInIt()
    {
        using var response = await _replies.FailAsResponseAsync(404);

        Assert.False(response.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Null(response.Content);
        Assert.Contains("filler", response.Error.Content, StringComparison.Ordinal);
        Assert.Same(response.Error, await Assert.ThrowsAsync<ApiException>(response.EnsureSuccessStatusCodeAsync));
    }

    [Fact]
    public async Task Failure_AsMessage_IsTheCallersBusiness()
    {
        using var message = await _replies.FailAsMessageAsync(500);

        Assert.Equal(HttpStatusCode.InternalServerError, message.StatusCode);
        Assert.Contains("filler", await message.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_FactoryOfTheSettings_Decides()
    {
        var lenient = RestService.For<IReplies>(echo.Client(), new RefitSettings { ExceptionFactory = _ => Task.FromResult<Exception?>(null) });
        var strict = RestService.For<IReplies>(echo.Client(), new RefitSettings { ExceptionFactory = _ => Task.FromResult<Exception?>(new TimeoutException()) });

        await lenient.FailSilentlyAsync(500);
        await Assert.ThrowsAsync<TimeoutException>(strict.TextAsync);
    }

    [Fact]
    public async Task BrokenBody_IsAFailureThatNamesItsCause()
    {
        var failure = await Assert.ThrowsAsync<ApiException>(_replies.BrokenAsync);
        using var response = await _replies.BrokenAsResponseAsync();

        Assert.IsType<JsonException>(failure.InnerException);
        Assert.Equal(HttpStatusCode.OK, failure.StatusCode);
        Assert.True(response.IsSuccessStatusCode);
        Assert.False(response.IsSuccessful);
    }

    [Fact]
    public async Task Text_Stream_AndResponses_AreRead()
    {
        Assert.Equal("plain", await _replies.TextAsync());
        Assert.Equal(5, await _replies.LengthAsync());

        await using var stream = await _replies.StreamAsync();
        using var reader = new StreamReader(stream);
        Assert.Equal("plain", await reader.ReadToEndAsync(Stop));

        using var response = await _replies.ResponseAsync();
        Assert.Equal("text/plain", response.ContentHeaders!.ContentType!.MediaType);

        using var typed = await _replies.EchoAsync();
        Assert.Equal("/echo", (await typed.EnsureSuccessfulAsync()).Content!.Target);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    [InlineData(500)]
    public async Task Cancellation_IsFelt_BeforeTheAnswerAndWithinIt(int stallsWith)
    {
        await using var server = new Echo();
        await server.InitializeAsync();
        var headers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var replies = RestService.For<IReplies>(new HttpClient(new HeadersSeen(headers)) { BaseAddress = server.Address });
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var call = stallsWith == 0 ? replies.NeverAsync(cancellation.Token) : replies.StallAsync(stallsWith, cancellation.Token);
        await (stallsWith == 0 ? server.Waiting : headers).Task.WaitAsync(Patience, Stop);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience, Stop));
        await server.HungUp.Task.WaitAsync(Patience, Stop);
    }

    [Fact]
    public async Task OneClient_ManyCallsAtOnce_MixNothingUp()
    {
        var addresses = RestService.For<IAddresses>(echo.Client());

        await Parallel.ForAsync(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, _) =>
            Assert.Equal($"/files/{number}/x", (await addresses.RestAsync($"{number}/x")).Target));
    }

    /// <summary>Says when the headers are there and the body is being waited for.</summary>
    private sealed class HeadersSeen(TaskCompletionSource seen) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            seen.TrySetResult();
            return response;
        }
    }
}
