using KbAlbertStream.Demo.Postgres;
using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Security;

/// <summary>A real PostgreSQL server with a certificate for <c>localhost</c>, signed by an authority of its own.</summary>
public sealed class TlsPostgresFixture : IAsyncLifetime
{
    private TestAuthority _authority = null!;
    private LocalPostgres _server = null!;

    /// <summary>The file with the authority's certificate.</summary>
    public string Authority => _authority.Certificate;

    internal PostgresServer Server => new(_server.ConnectionString, null);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _authority = await TestAuthority.CreateAsync();
        var (certificate, key) = await _authority.SignAsync("localhost");
        _server = await LocalPostgres.StartAsync(
            new LocalPostgresOptions
            {
                Durable = false,
                MayUseApt = false,
                Certificate = new ServerCertificate(certificate, key),
            },
            CancellationToken.None);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
    }
}
