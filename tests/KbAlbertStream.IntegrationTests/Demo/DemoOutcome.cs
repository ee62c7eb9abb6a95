using System.Text;
using KbAlbertStream.Demo;
using KbAlbertStream.Demo.Replay;
using KbAlbertStream.Demo.Reporting;
using KbAlbertStream.Demo.Running;
using KbAlbertStream.Demo.Samples;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Demo;

/// <summary>What a run of the demo leaves: its figures, and every place where a personal number could have got to.</summary>
internal sealed record DemoOutcome(DemoSummary Summary, string Database, string Log, string Metrics)
{
    /// <summary>Runs the demo on a stream file.</summary>
    public static async Task<DemoOutcome> OfAsync(string stream, params string[] settings)
    {
        var log = Path.GetTempFileName();
        var options = new DemoOptions { Stream = stream, Log = log, Settings = settings };
        try
        {
            DemoOutcome outcome;
            await using (var session = await DemoSession.StartAsync(options, static _ => { }, TestContext.Current.CancellationToken))
            {
                var (summary, _) = await session.ReplayAsync(
                    StreamFile.Read(stream), static _ => { }, TestContext.Current.CancellationToken);
                using var http = new HttpClient();
                outcome = new DemoOutcome(
                    summary,
                    await DumpAsync(session.Connections),
                    "",
                    await http.GetStringAsync(new Uri(new Uri(session.Worker.Urls.First()), "/metrics")));
            }

            return outcome with { Log = await File.ReadAllTextAsync(log) };
        }
        finally
        {
            File.Delete(log);
        }
    }

    /// <summary>Runs the demo on a stream made for the purpose.</summary>
    public static async Task<DemoOutcome> OfAsync(SampleOptions options)
    {
        var samples = SampleFolder.Shipped;
        var dictionary = Core.Entities.InstitutionDictionary.Load(samples.Dictionary);
        var file = Path.GetTempFileName();
        try
        {
            var (lines, _) = SampleStream.Make(options, dictionary, TemplateSet.Load(samples.Templates));
            await File.WriteAllTextAsync(file, SamplesCommand.Join(lines));
            return await OfAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Every value of every table as text: what pg_dump would write, on machines that have none.</summary>
    private static async Task<string> DumpAsync(NpgsqlDataSource database)
    {
        var tables = new List<string>();
        await using (var command = database.CreateCommand(
            """
            SELECT format('%I.%I', schemaname, relname) FROM pg_stat_user_tables
            UNION ALL SELECT 'pg_catalog.pg_stats' ORDER BY 1
            """))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        var dump = new StringBuilder();
        foreach (var table in tables)
        {
            await using var connection = await database.OpenConnectionAsync();
            using var copy = await connection.BeginTextExportAsync($"COPY (SELECT * FROM {table}) TO STDOUT");
            dump.AppendLine(table).AppendLine(await copy.ReadToEndAsync());
        }

        return dump.ToString();
    }
}
