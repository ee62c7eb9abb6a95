namespace KbAlbertStream.Demo.Postgres;

/// <summary>Finds server binaries: on the machine, from npm, from Debian's or Ubuntu's package.</summary>
internal static class BinaryFinder
{
    /// <summary>Binaries of the wanted version; throws <see cref="PostgresUnavailableException"/> when there is no way.</summary>
    public static async Task<PostgresBinaries> FindAsync(LocalPostgresOptions options, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PostgresUnavailableException(
                "A private PostgreSQL server is started on Linux and macOS only: give a connection string.");
        }

        var wanted = options.Version is { } version ? $"{version}" : "15 or later";
        return await InstalledBinaries.FindAsync(options.Version, cancellationToken)
            ?? await NpmBinaries.FindAsync(options, cancellationToken)
            ?? await DebianBinaries.InstallAsync(options, cancellationToken)
            ?? throw new PostgresUnavailableException(
                $"No PostgreSQL {wanted} was found: give a connection string, or " +
                "install the server (Debian and Ubuntu: apt-get install postgresql; macOS: brew install postgresql@18) " +
                "or Node.js with npm, which brings server binaries without root.");
    }
}
