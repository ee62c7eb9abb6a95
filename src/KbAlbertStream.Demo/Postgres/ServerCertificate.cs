namespace KbAlbertStream.Demo.Postgres;

/// <summary>What a server shows to clients that want TLS.</summary>
/// <param name="Certificate">A PEM file.</param>
/// <param name="Key">The PEM file with its key, without a password.</param>
internal sealed record ServerCertificate(string Certificate, string Key)
{
    /// <summary>Puts it into a data directory that no server runs on, and switches TLS on.</summary>
    public async Task InstallAsync(string dataDirectory, ServerAccount account, CancellationToken cancellationToken)
    {
        File.Copy(Certificate, Path.Combine(dataDirectory, "server.crt"));
        var key = Path.Combine(dataDirectory, "server.key");
        File.Copy(Key, key);
        if (!OperatingSystem.IsWindows())
        {
            // The server refuses a key that others can read.
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await File.AppendAllTextAsync(Path.Combine(dataDirectory, "postgresql.conf"), "ssl = on\n", cancellationToken);
        await account.OwnAsync(dataDirectory, cancellationToken);
    }
}
