using System.Diagnostics;
using System.Globalization;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Worker.Commands;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>
/// The whole pipeline with the demo bundle beside the model's own rate on the same texts in the same run: the scorer
/// alone, on every core, before and after.
/// </summary>
internal sealed class ModelBenchmark(PipelineServers servers, int messages)
{
    private const int Batch = 256;
    private static readonly BenchTopics Topics = BenchTopics.Of("model");

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        await Backlog.FillAsync(servers.Broker, Topics, messages);
        var before = ModelAlone();
        await using var database = await servers.NewDatabaseAsync();
        var run = await WorkOff.MeasureAsync(servers, Topics, database, messages, stub: false);
        var after = ModelAlone();

        var table = new MarkdownTable("way", "messages/s", "share of the model's own rate");
        var own = (before + after) / 2;
        table.Add("the model alone, before and after", $"{before:F0}, {after:F0}", "100 %");
        table.Add(
            "Kafka to PostgreSQL, both on the same cores", $"{run.PerSecond:F0}",
            string.Create(CultureInfo.InvariantCulture, $"{100 * run.PerSecond / own:F0} %"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"models/demo, {run.Rows} messages of the sample mix, {Environment.ProcessorCount} cores, {MachineLoad.Now}"));
        Console.WriteLine();
        table.Print(Console.Out);
        Console.WriteLine();
        StageTable.Print(run, Console.Out);
    }

    /// <summary>Texts a second of the scorer on the prepared texts of the same messages.</summary>
    private double ModelAlone()
    {
        var now = TimeProvider.System.GetUtcNow();
        var parser = new MessageParser(new MessageLimits());
        var preparer = new TextPreparer(new TextOptions { HashKey = "a key for benchmarks, not a secret" });
        var texts = SampleMessages.Take(messages, now)
            .Select(message => preparer.Prepare(parser.Parse(message.Kind, message.Value, now).Message!).Content)
            .Take(Math.Min(messages, 4 * 1024)).ToArray();
        using var scorer = TextScorer.Load(ModelFiles.Find("models/demo"), new EncoderOptions());
        scorer.Score(texts[..Math.Min(Batch, texts.Length)]);
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in texts.Chunk(Batch))
        {
            scorer.Score(batch);
        }

        return texts.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
