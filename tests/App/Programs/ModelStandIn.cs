using System.Collections.Concurrent;
using System.Text.Json;
using Agents.Contracts;
using Agents.Tests.App.Whole;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Agents.Tests.App.Programs;

/// <summary>
/// A model's API on loopback, as three providers speak it. It does what the prompt says: <c>TOOL:command</c> has a command run,
/// <c>COLLEAGUES:tool arguments</c> calls one of the tools by which agents work together, and it
/// then says what came of it, <c>SLOW</c> begins an answer and never ends it, anything else is answered with the prompt itself.
/// </summary>
internal sealed class ModelStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ModelStandIn(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>What was asked, word by word.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public static async Task<ModelStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var model = new ModelStandIn(app);
        app.MapPost("/v1/messages", context => model.AnswerAsync(context, MessagesDialect.Heard, MessagesDialect.SayAsync));
        app.MapPost("/v1/responses", context => model.AnswerAsync(context, ResponsesDialect.Heard, ResponsesDialect.SayAsync));
        app.MapPost("/v1/chat/completions", context => model.AnswerAsync(context, ChatDialect.Heard, ChatDialect.SayAsync));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return model;
    }

    public Task IsAskedAsync(string text) =>
        Eventually.TrueAsync(() => Task.FromResult(Asked.Any(asked => asked.Contains(text, StringComparison.Ordinal))), TimeSpan.FromSeconds(30), $"the model is asked {text}");

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context, Func<JsonElement, Heard> hear, Func<Says, JsonElement, Heard, Task> say)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        Asked.Enqueue(body.RootElement.GetRawText());
        context.Response.ContentType = "text/event-stream";
        try
        {
            await say(new(context), body.RootElement, hear(body.RootElement));
        }
        catch (OperationCanceledException)
        {
            // Whoever asked does not want to know any more.
        }
    }
}

/// <summary>The last thing that the model was told.</summary>
/// <param name="IsToolResult">Else a person's words.</param>
internal sealed record Heard(string Text, bool IsToolResult, bool HasTools)
{
    /// <summary>A command that is to be run.</summary>
    public string? Tool => HasTools && !IsToolResult && Text.Contains("TOOL:", StringComparison.Ordinal) ? Text[(Text.LastIndexOf("TOOL:", StringComparison.Ordinal) + 5)..].Trim() : null;

    /// <summary>One of the tools that agents have of the daemon, and its arguments.</summary>
    public (string Name, string Arguments)? Colleagues
    {
        get
        {
            const string Mark = "COLLEAGUES:";
            if (!HasTools || IsToolResult || !Text.Contains(Mark, StringComparison.Ordinal))
            {
                return null;
            }

            var words = Text[(Text.LastIndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..].Trim().Split(' ', 2);
            return (words[0], words[1]);
        }
    }

    public bool CallsTool => Tool is not null || Colleagues is not null;

    public bool IsSlow => !IsToolResult && Text.Contains("SLOW", StringComparison.Ordinal);

    public string Answer => IsToolResult ? "The tool has run." : $"You said: {Text.Trim()}";
}

/// <summary>Server-sent events.</summary>
internal sealed class Says(HttpContext context)
{
    public async Task AsAsync(string type, object data)
    {
        await context.Response.WriteAsync($"event: {type}\ndata: {JsonSerializer.Serialize(data, WireJson.Options)}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    public async Task DataAsync(string data)
    {
        await context.Response.WriteAsync($"data: {data}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>Until whoever asked has gone.</summary>
    public Task ForEverAsync() => Task.Delay(Timeout.Infinite, context.RequestAborted);
}
