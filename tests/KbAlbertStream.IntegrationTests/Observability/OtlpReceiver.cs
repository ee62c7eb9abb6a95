using System.Buffers.Binary;
using System.Collections.Concurrent;
using Google.Protobuf;
using KbAlbertStream.IntegrationTests.Observability.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.IntegrationTests.Observability;

/// <summary>The receiving end of OTLP over gRPC: answers the three services and keeps what arrived, raw and decoded.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    // A gRPC message comes after a byte that says whether it is compressed and its length in four.
    private const int Prefix = 5;

    private readonly WebApplication _application;
    private readonly ConcurrentQueue<byte[]> _raw = new();
    private readonly ConcurrentQueue<Span> _spans = new();
    private readonly ConcurrentQueue<LogRecord> _lines = new();
    private readonly ConcurrentDictionary<string, Metric> _metrics = new();

    private OtlpReceiver(WebApplication application) => _application = application;

    public string Endpoint => _application.Urls.Single();

    public IReadOnlyCollection<byte[]> Raw => _raw;

    public IReadOnlyCollection<Span> Spans => _spans;

    public IReadOnlyCollection<LogRecord> Lines => _lines;

    public IEnumerable<string> Metrics => _metrics.Keys;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(end => end.Protocols = HttpProtocols.Http2));
        var application = builder.Build();
        var receiver = new OtlpReceiver(application);
        const string Services = "/opentelemetry.proto.collector";
        application.MapPost($"{Services}.trace.v1.TraceService/Export", context => receiver.TakeAsync(context, receiver.Keep));
        application.MapPost(
            $"{Services}.logs.v1.LogsService/Export", context => receiver.TakeAsync(context, receiver.KeepLines));
        application.MapPost(
            $"{Services}.metrics.v1.MetricsService/Export", context => receiver.TakeAsync(context, receiver.KeepMetrics));
        await application.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context, Action<byte[]> keep)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var framed = body.ToArray();
        Assert.Equal(0, framed[0]);
        Assert.Equal(framed.Length - Prefix, BinaryPrimitives.ReadInt32BigEndian(framed.AsSpan(1)));
        var message = framed[Prefix..];
        _raw.Enqueue(message);
        keep(message);

        // An empty answer: all was taken.
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[Prefix]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private void Keep(byte[] message)
    {
        foreach (var span in Read<TraceExport>(message).ResourceSpans
            .SelectMany(resource => resource.ScopeSpans).SelectMany(scope => scope.Spans))
        {
            _spans.Enqueue(span);
        }
    }

    private void KeepLines(byte[] message)
    {
        foreach (var line in Read<LogsExport>(message).ResourceLogs
            .SelectMany(resource => resource.ScopeLogs).SelectMany(scope => scope.LogRecords))
        {
            _lines.Enqueue(line);
        }
    }

    private void KeepMetrics(byte[] message)
    {
        foreach (var metric in Read<MetricsExport>(message).ResourceMetrics
            .SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics))
        {
            _metrics[metric.Name] = metric;
        }
    }

    private static T Read<T>(byte[] message)
        where T : IMessage<T>, new() => new MessageParser<T>(() => new T()).ParseFrom(message);
}
