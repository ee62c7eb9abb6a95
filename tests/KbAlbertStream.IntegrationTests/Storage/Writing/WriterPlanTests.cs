using System.Text.RegularExpressions;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Writing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Storage.Writing;

/// <summary>How PostgreSQL plans the writer's statements while the tables are new and without statistics.</summary>
public sealed partial class WriterPlanTests(PostgresServers servers)
{
    // Every statement's plan is sent to the client as a notice, once it has run.
    private const string TellPlans =
        "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c client_min_messages=log";

    [Fact]
    public async Task No_statement_of_a_batch_reads_a_stored_table_from_end_to_end_or_is_compiled()
    {
        using var told = new CapturedLogs();
        using var logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Debug).AddProvider(told));
        await using var database = await servers.NewDatabaseAsync();
        await using var source = Telling(database, logging);
        await using var writer = new EventWriter(source, new EventWriterOptions());
        SomeText[] texts = [.. Enumerable.Range(0, 300).Select(i => new SomeText(i) { Story = $"story {i % 40}" })];

        await writer.WriteAsync(SomeBatch.Of([.. texts[..200]]), default);
        await writer.WriteAsync(SomeBatch.Of([.. texts[200..]]), default);
        await writer.WriteAsync(SomeBatch.Of([.. texts[150..]]), default); // written again: over the temporary table

        var plans = told.Lines.Where(line => line.Contains("Query Text", StringComparison.Ordinal)).ToArray();
        Assert.Contains(plans, plan => plan.Contains("negative_mentions", StringComparison.Ordinal));
        Assert.Contains(plans, plan => plan.Contains("staged_events", StringComparison.Ordinal));
        Assert.DoesNotContain(plans, plan => plan.Contains("JIT:", StringComparison.Ordinal));
        Assert.Empty(plans.SelectMany(plan => WholeReads().Matches(plan)).Select(read => read.Groups[1].Value)
            .Where(table => table != "staged_events" && !table.StartsWith("pg_", StringComparison.Ordinal)).Distinct());
    }

    [GeneratedRegex(@"Seq Scan on (\w+)")]
    private static partial Regex WholeReads();

    private static NpgsqlDataSource Telling(PostgresDatabase database, ILoggerFactory logging)
    {
        var given = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = TellPlans };
        return new NpgsqlDataSourceBuilder(given.ConnectionString).UseLoggerFactory(logging).Build();
    }
}
