using System.Text;
using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Worker;

public sealed class PrivacyTests(KafkaFixture kafka, PostgresServers postgres)
{
    private const string Phone = "010-9876-5432";
    private const string Mail = "gildong.hong@example.co.kr";

    [Fact]
    public async Task Promise_3_raw_personal_data_is_in_no_row_log_metric_or_header()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await topics.PublishAsync(
            topics.Complaints, SomeMessages.Complaint($"c {Phone}", $"제 번호는 {Phone}, 메일은 {Mail} 입니다. 유출"));
        await topics.PublishAsync(topics.Complaints, $$"""{"id":"{{Phone}}","text":"{{Mail}}"}""");
        await topics.PublishAsync(topics.Complaints, $"{Phone} is no json {Mail}");
        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");
        await Eventually.IsAsync(() => Rows.DeadLettersAsync(database), 2L, "dead letters");
        using var http = worker.Http;
        var metrics = await http.GetStringAsync("/metrics");
        await worker.StopAsync();

        var headers = topics.ReadAll($"{topics.Complaints}.dlq", 2)
            .SelectMany(letter => letter.Message.Headers).Select(Text);
        AssertClean(string.Join('\n', await DumpAsync(database)), "rows");
        AssertClean(string.Join('\n', worker.Logs.Lines), "logs");
        AssertClean(metrics, "metrics");
        AssertClean(string.Join('\n', headers), "dead-letter headers");
    }

    [Fact]
    public async Task Promise_3_an_exception_in_the_middle_of_the_work_tells_no_text()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString, adjust: services =>
            services.AddSingleton(new ScoreTexts(_ => throw new InvalidTimeZoneException("a bug"))));
        await topics.PublishAsync(topics.Complaints, SomeMessages.Complaint("c1", $"제 번호는 {Phone}, {Mail}"));
        await worker.Ended.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Unexpected, worker.ExitCode);
        AssertClean(string.Join('\n', worker.Logs.Lines), "logs");
    }

    private static string Text(IHeader header) => Encoding.UTF8.GetString(header.GetValueBytes());

    private static void AssertClean(string text, string where)
    {
        Assert.False(string.IsNullOrEmpty(text), $"{where}: nothing was looked at");
        foreach (var raw in new[] { Phone, "9876", "5432", Mail, "gildong" })
        {
            Assert.False(text.Contains(raw, StringComparison.Ordinal), $"{raw} stands in the {where}");
        }
    }

    /// <summary>Every column of every table of the schema as text.</summary>
    private static async Task<List<string>> DumpAsync(PostgresDatabase database)
    {
        var dump = new List<string>();
        foreach (var table in await database.RowsAsync(
            "SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public'"))
        {
            await using var command = database.Source.CreateCommand($"SELECT t::text FROM {table} AS t");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                dump.Add(reader.GetString(0));
            }
        }

        return dump;
    }
}
