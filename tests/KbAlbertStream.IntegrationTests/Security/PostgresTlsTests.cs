using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Security;

/// <summary>PostgreSQL with <c>SSL Mode=VerifyFull</c>: the right authority and the right name, or no connection.</summary>
public sealed class PostgresTlsTests(TlsPostgresFixture postgres, PostgresServers plain, KafkaFixture kafka)
    : IClassFixture<TlsPostgresFixture>
{
    [Fact]
    public async Task The_worker_writes_over_a_verified_connection()
    {
        await using var database = await PostgresDatabase.CreateAsync(postgres.Server, migrated: true);
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        await using var worker = await TestWorker.StartAsync(topics, Verified(database, "localhost", postgres.Authority));
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));

        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");

        // The tests' own connections are plain; the worker's are not.
        Assert.Empty(await database.RowsAsync(
            """
            SELECT a.pid, a.query FROM pg_stat_activity AS a JOIN pg_stat_ssl AS s USING (pid)
            WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.client_port > 0 AND NOT s.ssl
              AND a.application_name = 'verified'
            """));
        Assert.True(await database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) WHERE application_name = 'verified' AND ssl") > 0);
        Assert.Equal(ExitCode.Done, await worker.StopAsync());
    }

    [Theory]
    [InlineData("authority", "certificate is not accepted")]
    [InlineData("host name", "certificate is not accepted")]
    [InlineData("server without TLS", "SSL")]
    public async Task What_cannot_be_verified_is_refused_with_the_reason(string wrong, string reason)
    {
        await using var database = wrong == "server without TLS"
            ? await plain.NewDatabaseAsync()
            : await PostgresDatabase.CreateAsync(postgres.Server, migrated: true);
        using var another = await TestAuthority.CreateAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        var connection = Verified(
            database,
            wrong == "host name" ? "127.0.0.1" : "localhost",
            wrong == "authority" ? another.Certificate : postgres.Authority);

        await using var check = await WorkerProcess.RunAsync(TestWorker.Settings(topics, connection), ["check"]);
        await using var worker = await TestWorker.StartAsync(topics, connection);
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));

        check.AssertEnded(ExitCode.CheckFailed);
        Assert.Matches($"(?m)^database +FAILED .*{reason}", check.Output);
        await Eventually.IsTrueAsync(
            () => worker.Logs.Lines.Any(line => line.StartsWith("Warning 3006", StringComparison.Ordinal)
                && line.Contains(reason, StringComparison.Ordinal)),
            "the log says why");
        Assert.Equal(0, await Rows.CountAsync(database));
        Assert.Equal(ExitCode.Done, await worker.StopAsync());
    }

    private static string Verified(PostgresDatabase database, string host, string authority) =>
        new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Host = host,
            SslMode = SslMode.VerifyFull,
            RootCertificate = authority,
            ApplicationName = "verified",
        }.ConnectionString;
}
