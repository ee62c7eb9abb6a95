namespace KbAlbertStream.Demo.Postgres;

/// <summary>There is no server and no way to get one; the message says what to install or to look at.</summary>
internal sealed class PostgresUnavailableException(string message) : Exception(message);
