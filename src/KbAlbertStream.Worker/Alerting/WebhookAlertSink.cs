using System.Globalization;
using System.Net.Http.Headers;
using KbAlbertStream.Storage.Alerts;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Posts alerts as signed JSON; any 2xx means taken.</summary>
internal sealed class WebhookAlertSink : IAlertSink, IDisposable
{
    private readonly Uri _url;
    private readonly string _secret;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public WebhookAlertSink(AlertingOptions options, TimeProvider time)
    {
        _url = options.WebhookUrl ?? throw new ArgumentException("no address", nameof(options));
        _secret = options.WebhookSecret ?? throw new ArgumentException("no secret", nameof(options));
        _time = time;
        Timeout = options.WebhookTimeout;

        // No redirects: an alert goes to the configured receiver or nowhere. Connections are renewed, so a receiver
        // that moves to another address is found again.
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { Timeout = Timeout };
    }

    /// <inheritdoc />
    public string Name => "webhook";

    /// <inheritdoc />
    public TimeSpan Timeout { get; }

    /// <inheritdoc />
    public async Task SendAsync(AlertNotice alert, CancellationToken cancellationToken)
    {
        var body = WebhookBody.Of(alert);
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add("Idempotency-Key", alert.IdempotencyKey);
        request.Headers.Add("X-KbAlbertStream-Timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-KbAlbertStream-Signature", WebhookSignature.Of(_secret, timestamp, body));
        try
        {
            using var response = await _client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new AlertSinkException(
                    "http_" + ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
            }
        }
        catch (HttpRequestException)
        {
            throw new AlertSinkException("connection");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AlertSinkException("timeout");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();
}
