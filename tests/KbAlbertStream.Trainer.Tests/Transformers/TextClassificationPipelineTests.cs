using System.Text.Json;
using KbAlbertStream.Trainer.Tests.Support;
using KbAlbertStream.Trainer.Transformers;

namespace KbAlbertStream.Trainer.Tests.Transformers;

public sealed class TextClassificationPipelineTests
{
    private sealed record Golden(string Text, string Label, float Score, Dictionary<string, float> All);

    [Fact]
    public void It_says_what_the_pipeline_of_Transformers_says()
    {
        var path = SharedData.Require("golden", "pipeline", "golden.jsonl");
        var golden = File.ReadLines(path)
            .Select(line => JsonSerializer.Deserialize<Golden>(line, JsonSerializerOptions.Web)!).ToArray();
        var pipeline = TextClassificationPipeline.FromPretrained(Path.GetDirectoryName(path)!);
        using var model = pipeline.Model;

        var found = pipeline.ClassifyAll([.. golden.Select(text => text.Text)]);

        Assert.Equal(292, golden.Length);
        foreach (var (text, labels) in golden.Zip(found))
        {
            Assert.Equal(text.Label, labels[0].Label);
            Assert.Equal(text.Score, labels[0].Score, 1e-5f);
            Assert.All(labels, label => Assert.Equal(text.All[label.Label], label.Score, 1e-5f));
        }
    }

    [Fact]
    public void A_text_has_the_scores_it_has_alone()
    {
        using var folder = new TemporaryFolder();
        FormulaFolder.WriteWithTokenizer(folder.Path);
        var pipeline = TextClassificationPipeline.FromPretrained(folder.Path);
        using var model = pipeline.Model;
        string[] texts = ["가 각", "", "가각 갂 갃 간 갅 갆 갇 갈"];

        var together = pipeline.ClassifyAll(texts);

        foreach (var (text, labels) in texts.Zip(together))
        {
            Assert.Equal(pipeline.Classify(text).Label, labels[0].Label);
            Assert.Equal(pipeline.Classify(text).Score, labels[0].Score, 1e-5f);
            Assert.Equal(1, labels.Sum(label => label.Score), 1e-5f);
        }
    }
}
