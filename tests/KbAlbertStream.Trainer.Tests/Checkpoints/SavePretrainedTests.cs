using System.Text.Json.Nodes;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Tests.Support;

namespace KbAlbertStream.Trainer.Tests.Checkpoints;

public sealed class SavePretrainedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_model_of_Transformers_is_written_back_byte_for_byte()
    {
        foreach (var name in (string[])["tiny-gelu-new", "tiny-inner", "tiny-unshared"])
        {
            using var model = AlbertForSequenceClassification.FromPretrained(GoldenFiles.PathOf(name));

            model.SavePretrained(_folder.In(name));

            AssertSame(GoldenFiles.PathOf(name), _folder.In(name));
        }
    }

    [Fact]
    public void The_tokenizers_files_go_along()
    {
        using var model = AlbertForSequenceClassification.FromPretrained(SharedData.Require("golden", "pipeline"));

        model.SavePretrained(_folder.Path);

        AssertSame(SharedData.Require("golden", "pipeline"), _folder.Path);
        foreach (var name in (string[])["vocab.txt", "tokenizer.json", "tokenizer_config.json"])
        {
            Assert.Equal(File.ReadAllBytes(SharedData.Require("golden", "pipeline", name)), File.ReadAllBytes(_folder.In(name)));
        }
    }

    [Fact]
    public void A_pretraining_model_is_written_back_byte_for_byte()
    {
        using var model = AlbertForPreTraining.FromPretrained(GoldenFiles.PathOf("pretraining"));

        model.SavePretrained(_folder.Path);

        AssertSame(GoldenFiles.PathOf("pretraining"), _folder.Path);
    }

    [Fact]
    public void A_saved_model_is_read_again()
    {
        FormulaFolder.Write(_folder.Path);
        File.WriteAllText(_folder.In("vocab.txt"), "[PAD]\n[UNK]\n");
        using var first = AlbertForSequenceClassification.FromPretrained(_folder.Path);

        first.SavePretrained(_folder.In("again"));

        using var second = AlbertForSequenceClassification.FromPretrained(_folder.In("again"));
        Assert.Equal(File.ReadAllBytes(_folder.In("model.safetensors")), File.ReadAllBytes(_folder.In("again/model.safetensors")));
        Assert.Equal("[PAD]\n[UNK]\n", File.ReadAllText(_folder.In("again/vocab.txt")));
        Assert.Equal(first.Config.Shape, second.Config.Shape);
        Assert.Equal(["config.json", "model.safetensors", "vocab.txt"], Directory.GetFiles(_folder.In("again")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_encoder_alone_is_saved_without_the_prefix()
    {
        FormulaFolder.Write(_folder.Path);
        using var model = AlbertModel.FromPretrained(_folder.Path);

        model.SavePretrained(_folder.In("bare"));

        using var again = AlbertModel.FromPretrained(_folder.In("bare"));
        Assert.Empty(again.Report!.Initialised.Concat(again.Report.Skipped));
        Assert.Contains("\"embeddings.word_embeddings.weight\"", File.ReadAllText(_folder.In("bare/model.safetensors")), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertSame(string expected, string actual)
    {
        Assert.Equal(File.ReadAllBytes(Path.Combine(expected, "model.safetensors")), File.ReadAllBytes(Path.Combine(actual, "model.safetensors")));
        var (before, after) = (Json(expected), Json(actual));
        Assert.True(JsonNode.DeepEquals(before, after), $"{before}\n{after}");

        static JsonNode Json(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!;
    }
}
