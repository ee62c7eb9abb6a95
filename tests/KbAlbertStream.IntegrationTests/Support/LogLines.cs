using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>Keeps every line that was logged, and lets a test wait for one.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Channel<bool> _more = Channel.CreateUnbounded<bool>();

    public IEnumerable<string> Lines => _lines;

    /// <summary>Returns once an event was logged so many times, counted from the start.</summary>
    public async Task WaitForAsync(int eventId, int times = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Count(eventId) < times)
        {
            await _more.Reader.ReadAsync(limit.Token);
        }
    }

    /// <summary>How often an event was logged.</summary>
    public int Count(int eventId) => _lines.Count(line => line.StartsWith($"{eventId} ", StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");
        _more.Writer.TryWrite(true);
    }

    public void Dispose()
    {
    }
}
