using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>Keeps every line that was logged, and lets a test wait for one.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Channel<int> _events = Channel.CreateUnbounded<int>();

    public IEnumerable<string> Lines => _lines;

    /// <summary>Returns once an event was logged (each counts once).</summary>
    public async Task WaitForAsync(int eventId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await _events.Reader.ReadAsync(limit.Token) != eventId)
        {
            // Another event.
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");
        _events.Writer.TryWrite(eventId.Id);
    }

    public void Dispose()
    {
    }
}
