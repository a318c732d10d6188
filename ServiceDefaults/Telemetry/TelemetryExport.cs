using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Agents.ServiceDefaults.Telemetry;

/// <summary>
/// Sends traces and metrics where OTEL_EXPORTER_OTLP_ENDPOINT points to; idle without it.
/// </summary>
internal sealed class TelemetryExport(IConfiguration configuration, IHostEnvironment environment) : IHostedService
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "Agents.*"];

    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql", "Agents.*",
    ];

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"], UriKind.Absolute, out var endpoint))
        {
            return Task.CompletedTask;
        }

        var resource = ResourceBuilder.CreateDefault()
            .AddService(configuration["OTEL_SERVICE_NAME"] ?? environment.ApplicationName)
            .AddEnvironmentVariableDetector();

        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Sources)
            .AddProcessor(new RouteNames())
            .AddOtlpExporter(otlp => Point(otlp, endpoint, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddOtlpExporter(otlp => Point(otlp, endpoint, "v1/metrics"))
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The exporter takes the whole path for HTTP/protobuf; only a given gRPC protocol keeps the bare address.</summary>
    private void Point(OtlpExporterOptions otlp, Uri endpoint, string path)
    {
        var grpc = configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] is "grpc";
        otlp.Protocol = grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = grpc ? endpoint : new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/" + path);
    }

    /// <summary>Names a server span by its route, so that a thousand ids are one name.</summary>
    private sealed class RouteNames : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity activity)
        {
            if (activity.Kind == ActivityKind.Server
                && activity.GetTagItem("http.route") is string route
                && activity.GetTagItem("http.request.method") is string method)
            {
                activity.DisplayName = $"{method} {route}";
            }
        }
    }
}
