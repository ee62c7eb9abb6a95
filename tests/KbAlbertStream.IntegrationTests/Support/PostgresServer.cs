namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>A running server on which databases may be made.</summary>
/// <param name="ConnectionString">Connects to an existing database as a superuser.</param>
/// <param name="Owned">What to dispose of at the end; null for a server that is not ours.</param>
public sealed record PostgresServer(string ConnectionString, IAsyncDisposable? Owned) : IAsyncDisposable
{
    /// <inheritdoc />
    public ValueTask DisposeAsync() => Owned?.DisposeAsync() ?? ValueTask.CompletedTask;
}
