using System.Text.RegularExpressions;

namespace Agents.ServiceDefaults.Requests;

/// <summary>X-Request-ID: taken if it is sane, else made; returned, logged, and passed on to whom we call.</summary>
public static partial class RequestId
{
    public const string Header = "X-Request-ID";

    private static readonly Func<ILogger, string, IDisposable?> Scope = LoggerMessage.DefineScope<string>("{request_id}");

    public static IApplicationBuilder UseRequestId(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Agents.Request");
        return app.Use(async (context, next) =>
        {
            Settle(context);
            using (Scope(log, context.TraceIdentifier))
            {
                await next(context);
            }
        });
    }

    private static void Settle(HttpContext context)
    {
        var asked = context.Request.Headers[Header].ToString();
        var id = Sane().IsMatch(asked) ? asked : Guid.NewGuid().ToString("N");
        context.TraceIdentifier = id;
        context.Request.Headers[Header] = id;
        // At the last moment, because the error handler clears what is set early and a proxied answer brings its own.
        context.Response.OnStarting(static state =>
        {
            var context = (HttpContext)state;
            context.Response.Headers[Header] = context.TraceIdentifier;
            return Task.CompletedTask;
        }, context);
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex Sane();
}
