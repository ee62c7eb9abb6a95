using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>A webhook that notes when each alert first came.</summary>
internal sealed class WebhookClock : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _arrivals = new();

    private WebhookClock(WebApplication application) => _application = application;

    /// <summary>Where to post.</summary>
    public string Url => _application.Urls.Single() + "/alerts";

    /// <summary>Wall-clock time of the first post, by alert key.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Arrivals => _arrivals;

    public static async Task<WebhookClock> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var clock = new WebhookClock(application);
        application.MapPost("/alerts", clock.TakeAsync);
        await application.StartAsync();
        return clock;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var at = TimeProvider.System.GetUtcNow();
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        _arrivals.TryAdd(body.RootElement.GetProperty("alert_key").GetString()!, at);
    }
}
