using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>A small web server that takes posts, or does not.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Channel<Post> _posts = Channel.CreateUnbounded<Post>();

    private WebhookReceiver(WebApplication application) => _application = application;

    public Uri Url => new(_application.Urls.Single() + "/alerts");

    /// <summary>What it answers.</summary>
    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var receiver = new WebhookReceiver(application);
        application.MapPost("/alerts", receiver.TakeAsync);
        await application.StartAsync();
        return receiver;
    }

    /// <summary>The next post, whatever was answered.</summary>
    public async Task<Post> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _posts.Reader.ReadAsync(limit.Token);
    }

    /// <summary>All posts so far that <see cref="NextAsync"/> has not returned.</summary>
    public List<Post> Rest()
    {
        var rest = new List<Post>();
        while (_posts.Reader.TryRead(out var post))
        {
            rest.Add(post);
        }

        return rest;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Response.StatusCode = (int)Answer;
        await _posts.Writer.WriteAsync(new Post(
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray()));
    }

    /// <summary>What was posted.</summary>
    public sealed record Post(IReadOnlyDictionary<string, string> Headers, byte[] Body);
}
