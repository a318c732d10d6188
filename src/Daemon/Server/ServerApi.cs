using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.Contracts.Posts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Registry;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Config;
using Agents.Daemon.Link;
using Agents.Daemon.Work.Files;
using GroupView = Agents.Contracts.Realtime.Groups.GroupView;

namespace Agents.Daemon.Server;

/// <summary>
/// The server's REST API, as far as commands need it. What goes wrong is a <see cref="Failure"/> with the server's own
/// words; a 404 that a caller can live with is null.
/// </summary>
internal sealed class ServerApi(ServerAddress server, HttpClient http) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly DaemonJson Json = DaemonJson.Wire;

    /// <summary>What a file may take, on a slow line as well.</summary>
    public static readonly TimeSpan FileLimit = TimeSpan.FromMinutes(30);

    public static ServerApi At(ServerAddress server, ServerTrust trust, TimeSpan? limit = null) => new(server, new(trust.NewHandler()) { Timeout = limit ?? Limit });

    public ServerAddress Server => server;

    public Task<TokenReply> LogInAsync(LoginRequest request, CancellationToken cancellationToken) =>
        PostAsync("auth/login", request, Json.LoginRequest, Json.TokenReply, null, cancellationToken);

    public Task<TokenReply> RefreshAsync(string refreshToken, CancellationToken cancellationToken) =>
        PostAsync("auth/refresh", new(refreshToken), Json.RefreshRequest, Json.TokenReply, null, cancellationToken);

    public Task LogOutAsync(string credential, CancellationToken cancellationToken) =>
        PostAsync("auth/logout", new(), Json.Nothing, Json.Nothing, credential, cancellationToken);

    public async Task<MeReply> MeAsync(string credential, CancellationToken cancellationToken) =>
        await GetAsync("auth/me", Json.MeReply, credential, cancellationToken) ?? throw Strange("auth/me");

    public Task<EnrolmentToken> EnrolmentTokenAsync(EnrolmentTokenRequest request, string credential, CancellationToken cancellationToken) =>
        PostAsync("devices/tokens", request, Json.EnrolmentTokenRequest, Json.EnrolmentToken, credential, cancellationToken);

    public Task<RegisteredDevice> RegisterDeviceAsync(RegisterDeviceRequest request, CancellationToken cancellationToken) =>
        PostAsync("devices/register", request, Json.RegisterDeviceRequest, Json.RegisteredDevice, null, cancellationToken);

    public Task<DeviceView?> DeviceAsync(string id, string credential, CancellationToken cancellationToken) =>
        GetAsync($"devices/{Uri.EscapeDataString(id)}", Json.DeviceView, credential, cancellationToken);

    public async Task<ListOf<AgentView>> AgentsAsync(string query, string credential, CancellationToken cancellationToken) =>
        await GetAsync($"agents?{query}", Json.ListOfAgentView, credential, cancellationToken) ?? throw Strange("agents");

    /// <summary>Null where there is none, or it is not to be seen.</summary>
    public Task<AgentView?> AgentAsync(string id, string credential, CancellationToken cancellationToken) =>
        GetAsync($"agents/{Uri.EscapeDataString(id)}", Json.AgentView, credential, cancellationToken);

    public Task<GroupView?> GroupAsync(string id, string credential, CancellationToken cancellationToken) =>
        GetAsync($"groups/{Uri.EscapeDataString(id)}", Json.GroupView, credential, cancellationToken);

    /// <summary>In the order of their numbers.</summary>
    public async Task<IReadOnlyList<GroupEntry>> MessagesAsync(string groupId, long after, int limit, string credential, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"groups/{Uri.EscapeDataString(groupId)}/messages?after={after}&limit={limit}");
        return (await GetAsync(path, Json.ListOfGroupEntry, credential, cancellationToken) ?? throw Strange(path)).Items;
    }

    /// <summary>All that the device has ever signed with.</summary>
    public async Task<IReadOnlyList<DeviceKeyPeriod>> DeviceKeysAsync(string deviceId, string credential, CancellationToken cancellationToken) =>
        (await GetAsync($"devices/{Uri.EscapeDataString(deviceId)}/keys", Json.ListOfDeviceKeyPeriod, credential, cancellationToken))?.Items ?? [];

    /// <summary>What the agent is to be; null where there is no such agent.</summary>
    public async Task<AgentConfigTold?> AgentConfigAsync(string id, string credential, CancellationToken cancellationToken) =>
        await GetAsync($"agents/{Uri.EscapeDataString(id)}/config", Json.ReadConfig, credential, cancellationToken) is { } read
            ? new(id, read.PostId, read.Version, read.Revision, read.Effective)
            : null;

    public async Task<ListOf<PostRow>> PostsAsync(string query, string credential, CancellationToken cancellationToken) =>
        await GetAsync($"posts?{query}", Json.ListOfPostRow, credential, cancellationToken) ?? throw Strange("posts");

    /// <summary>Null where there is none.</summary>
    public Task<PostView?> PostAsync(string id, string credential, CancellationToken cancellationToken) =>
        GetAsync($"posts/{Uri.EscapeDataString(id)}", Json.PostView, credential, cancellationToken);

    public Task<PostId> MakePostAsync(CreatePostRequest post, string credential, CancellationToken cancellationToken) =>
        PostAsync("posts", post, Json.CreatePostRequest, Json.PostId, credential, cancellationToken);

    public Task<AgentsMade> MakeAgentsAsync(string post, CreateAgentsRequest order, string credential, CancellationToken cancellationToken) =>
        PostAsync($"posts/{Uri.EscapeDataString(post)}/agents", order, Json.CreateAgentsRequest, Json.AgentsMade, credential, cancellationToken);

    public Task<SubmittedTask> SubmitAsync(SubmitTaskRequest task, string credential, CancellationToken cancellationToken) =>
        PostAsync("tasks", task, Json.SubmitTaskRequest, Json.SubmittedTask, credential, cancellationToken);

    public async Task<TaskList> TasksAsync(string query, string credential, CancellationToken cancellationToken) =>
        await GetAsync($"tasks?{query}", Json.TaskList, credential, cancellationToken) ?? throw Strange("tasks");

    /// <summary>Null where there is none, or it is not to be seen.</summary>
    public Task<TaskView?> TaskAsync(string id, string credential, CancellationToken cancellationToken) =>
        GetAsync($"tasks/{Uri.EscapeDataString(id)}", Json.TaskView, credential, cancellationToken);

    /// <summary>In their order; where there are none, the server waits for some for so many seconds. Null where there is no such task.</summary>
    public async Task<IReadOnlyList<TaskEventView>?> TaskEventsAsync(string id, long after, int limit, int wait, string credential, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"tasks/{Uri.EscapeDataString(id)}/events?after={after}&limit={limit}&wait={wait}");
        return (await GetAsync(path, Json.TaskEventList, credential, cancellationToken))?.Items;
    }

    /// <summary>Null where there is no such task.</summary>
    public Task<ListOf<QuestionView>?> QuestionsAsync(string task, string credential, CancellationToken cancellationToken) =>
        GetAsync($"tasks/{Uri.EscapeDataString(task)}/questions", Json.ListOfQuestionView, credential, cancellationToken);

    public Task<AnsweredTask> AnswerAsync(string task, AnswerTaskRequest answer, string credential, CancellationToken cancellationToken) =>
        PostAsync($"tasks/{Uri.EscapeDataString(task)}/answer", answer, Json.AnswerTaskRequest, Json.AnsweredTask, credential, cancellationToken);

    public Task<CanceledTask> CancelAsync(string task, CancelTaskRequest request, string credential, CancellationToken cancellationToken) =>
        PostAsync($"tasks/{Uri.EscapeDataString(task)}/cancel", request, Json.CancelTaskRequest, Json.CanceledTask, credential, cancellationToken);

    public Task<ToldTask> TellAgentAsync(string agent, TellTaskRequest request, string credential, CancellationToken cancellationToken) =>
        PostAsync($"agents/{Uri.EscapeDataString(agent)}/message", request, Json.TellTaskRequest, Json.ToldTask, credential, cancellationToken);

    /// <summary>Null where this attempt is not, or no longer, of who asks.</summary>
    public async Task<TaskSecrets?> TaskSecretsAsync(string taskId, int attempt, string credential, CancellationToken cancellationToken)
    {
        try
        {
            return await PostAsync($"tasks/{Uri.EscapeDataString(taskId)}/secrets", new(attempt), Json.TaskSecretsRequest, Json.TaskSecrets, credential, cancellationToken);
        }
        catch (Failure failure) when (failure.Code is ErrorCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The content of an artifact, as it is. Null where there is none.</summary>
    public async Task<string?> ContentAsync(ContentRef content, string credential, CancellationToken cancellationToken)
    {
        // Only of this server: the credential goes with it.
        using var request = new HttpRequestMessage(HttpMethod.Get, Address($"tasks/{content.Url.Split("/tasks/", 2)[^1]}"));
        return await TextAsync(request, credential, cancellationToken) switch
        {
            { Response.IsSuccessStatusCode: true } answer => answer.Text,
            { Response.StatusCode: HttpStatusCode.NotFound } => null,
            var answer => throw Refusals.Of(server, answer.Response.StatusCode, EnvelopeOf(answer.Text)),
        };
    }

    /// <param name="sha256">In hexadecimal, where the server is to look whether all of it came.</param>
    public async Task<ArtifactView> UploadAsync(
        string taskId, string name, Stream content, string credential, CancellationToken cancellationToken, string type = System.Net.Mime.MediaTypeNames.Application.Json, string? sha256 = null)
    {
        var path = $"tasks/{Uri.EscapeDataString(taskId)}/artifacts";
        using var request = new HttpRequestMessage(HttpMethod.Post, Address($"{path}?name={Uri.EscapeDataString(name)}")) { Content = new StreamContent(content) };
        request.Content.Headers.ContentType = new(type);
        if (sha256 is not null)
        {
            request.Headers.Add("X-Content-SHA256", sha256);
        }

        return await SendAsync(request, Json.ArtifactView, credential, cancellationToken) ?? throw Strange(path);
    }

    /// <summary>A file of an attempt. The server checks that it came whole, and takes the same one once.</summary>
    public async Task<ArtifactView> UploadFileAsync(TaskAttempt attempt, SpoolFile file, Stream content, string credential, CancellationToken cancellationToken)
    {
        var path = $"tasks/{Uri.EscapeDataString(attempt.TaskId)}/artifacts";
        var query = string.Create(CultureInfo.InvariantCulture, $"name={Uri.EscapeDataString(file.Name)}&kind={file.Kind}&attempt={attempt.Attempt}");
        using var request = new HttpRequestMessage(HttpMethod.Post, Address($"{path}?{query}")) { Content = new StreamContent(content) };
        request.Content.Headers.ContentType = new(System.Net.Mime.MediaTypeNames.Application.Octet);
        request.Content.Headers.ContentLength = file.Size;
        request.Headers.Add("X-Content-SHA256", file.Sha256);
        return await SendAsync(request, Json.ArtifactView, credential, cancellationToken) ?? throw Strange(path);
    }

    /// <summary>All that it has. Null where there is no such task.</summary>
    public async Task<IReadOnlyList<ArtifactView>?> ArtifactsAsync(string taskId, string credential, CancellationToken cancellationToken)
    {
        List<ArtifactView> all = [];
        for (var page = 1; ; page++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"tasks/{Uri.EscapeDataString(taskId)}/artifacts?page={page}&page_size={Paging.MaxSize}");
            if (await GetAsync(path, Json.ListOfArtifactView, credential, cancellationToken) is not { } list)
            {
                return null;
            }

            all.AddRange(list.Items);
            if (list.Items.Count < Paging.MaxSize)
            {
                return all;
            }
        }
    }

    /// <summary>The content of an artifact, piece by piece; of none of them is waited longer than for an answer.</summary>
    public async Task DownloadAsync(
        string taskId, string artifactId, string credential, Func<ReadOnlyMemory<byte>, Task> take, int pieceSize, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address($"tasks/{Uri.EscapeDataString(taskId)}/artifacts/{Uri.EscapeDataString(artifactId)}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw Refusals.Of(server, response.StatusCode, EnvelopeOf(await response.Content.ReadAsStringAsync(cancellationToken)));
            }

            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            var piece = new byte[pieceSize];
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            for (var read = 1; read > 0;)
            {
                silence.CancelAfter(Limit);
                read = await content.ReadAsync(piece, silence.Token);
                silence.CancelAfter(Timeout.Infinite);
                await take(piece.AsMemory(0, read));
            }
        }
        catch (HttpRequestException e)
        {
            throw Refusals.Unreachable(server, e);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpIOException && !cancellationToken.IsCancellationRequested)
        {
            throw new Failure(ExitCode.Unreachable, $"{server} broke off in the middle of a file. Try again.", e);
        }
    }

    /// <summary>The bytes as they were signed.</summary>
    public async Task<TReply> PostSignedAsync<TReply>(
        string path, byte[] body, SignedBytes signed, JsonTypeInfo<TReply> replyType, string credential, CancellationToken cancellationToken)
        where TReply : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new(System.Net.Mime.MediaTypeNames.Application.Json);
        if (signed.Signature is { } signature)
        {
            request.Headers.Add(FrameSignature.IdHeader, signed.Id);
            request.Headers.Add(FrameSignature.TimeHeader, signed.Ts.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add(FrameSignature.SignatureHeader, signature);
        }

        return await SendAsync(request, replyType, credential, cancellationToken) ?? throw Strange(path);
    }

    public void Dispose() => http.Dispose();

    public async Task<TReply> PostAsync<TBody, TReply>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TReply> replyType, string? credential, CancellationToken cancellationToken)
        where TReply : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = JsonContent.Create(body, bodyType) };
        return await SendAsync(request, replyType, credential, cancellationToken) ?? throw Strange(path);
    }

    public async Task<TReply?> GetAsync<TReply>(string path, JsonTypeInfo<TReply> type, string credential, CancellationToken cancellationToken)
        where TReply : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(path));
        return await SendAsync(request, type, credential, cancellationToken);
    }

    private async Task<TReply?> SendAsync<TReply>(
        HttpRequestMessage request, JsonTypeInfo<TReply> type, string? credential, CancellationToken cancellationToken)
        where TReply : class
    {
        var (response, text) = await TextAsync(request, credential, cancellationToken);
        var envelope = EnvelopeOf(text);
        try
        {
            return response.IsSuccessStatusCode && envelope is { Code: 0 }
                ? envelope.Data.Deserialize(type)
                : request.Method == HttpMethod.Get && response.StatusCode is HttpStatusCode.NotFound && envelope is { Code: (int)ErrorCode.NotFound }
                    ? null
                    : throw Refusals.Of(server, response.StatusCode, envelope);
        }
        catch (JsonException e)
        {
            throw Strange(request.RequestUri?.AbsolutePath ?? "", e);
        }
    }

    private async Task<(HttpResponseMessage Response, string Text)> TextAsync(HttpRequestMessage request, string? credential, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = credential is null ? null : new AuthenticationHeaderValue("Bearer", credential);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return (response, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException e)
        {
            throw Refusals.Unreachable(server, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new Failure(ExitCode.Unreachable, $"{server} did not answer within {http.Timeout.TotalSeconds:0} s. Is it overloaded, or is a firewall in between?", e);
        }
    }

    private static Envelope<JsonElement>? EnvelopeOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Json.EnvelopeJsonElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Uri Address(string path) => new(server.Http, $"api/v1/{path}");

    private Failure Strange(string path, Exception? cause = null) =>
        new(ExitCode.Failed, $"{server} answered {path} with something else than expected. Is this an Agents server, and of a version that fits {Build.Version}?", cause);
}
