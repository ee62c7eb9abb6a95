using System.Text.Json;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Commands;
using KbAlbertStream.Trainer.Promotion;
using KbAlbertStream.Trainer.Tests.Support;

namespace KbAlbertStream.Trainer.Tests.Promotion;

public sealed class ImportTests : IDisposable
{
    private static readonly string[] Brackets = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
    private readonly TemporaryFolder _folder = new();

    private sealed record Golden(string Text, int Tokens, string Label, float[] Logits);

    [Fact]
    public void A_fine_tuned_folder_gives_what_the_pipeline_of_Transformers_gives()
    {
        var golden = ReadGolden();
        using var scorer = Import(SpecialTokensInText.BecomeIds, LongTexts.Truncate);

        Assert.Equal(292, golden.Length);
        AssertSame(golden, scorer);
    }

    [Fact]
    public void So_does_the_workers_own_tokenizer_where_no_text_brings_in_special_tokens()
    {
        var golden = ReadGolden();
        var plain = golden.Where(text => !Brackets.Any(text.Text.Contains)).ToArray();
        using var truncating = Import(SpecialTokensInText.StayText, LongTexts.Truncate);

        Assert.InRange(plain.Length, 200, golden.Length - 1);
        AssertSame(plain, truncating);
    }

    [Fact]
    public void A_customer_cannot_write_out_a_special_token()
    {
        var smuggling = ReadGolden().First(text => text.Text.Contains("[SEP]", StringComparison.Ordinal));
        using var scorer = Import(SpecialTokensInText.StayText, LongTexts.Truncate);

        Assert.NotEqual(smuggling.Logits[0], scorer.Logits([smuggling.Text])[0][0][0], 1e-3f);
    }

    [Fact]
    public void The_verb_makes_the_bundle_the_current_one()
    {
        var models = _folder.In("kb");

        Assert.Equal(0, ImportCommand.Create().Parse(["--from", Source(), "--to", models, "--version-name", "1"]).Invoke());

        Assert.Equal("1", File.ReadAllText(Path.Combine(models, "current")).Trim());
        using var scorer = TextScorer.Load(models, new EncoderOptions { Provider = ExecutionProvider.Cpu });
        Assert.Equal("kb/1", scorer.Manifest.Id);
        Assert.Equal(["negative", "neutral", "positive"], scorer.Manifest.Heads.Single().Labels);
    }

    [Fact]
    public void A_folder_whose_files_do_not_tell_is_imported_with_the_tokenizer_that_is_named()
    {
        var models = _folder.In("kb");
        string[] arguments = ["--from", Source(), "--to", models, "--version-name", "1", "--tokenizer", "kb-char-v1"];

        Assert.Equal(0, ImportCommand.Create().Parse(arguments).Invoke());

        using var scorer = TextScorer.Load(models, new EncoderOptions { Provider = ExecutionProvider.Cpu });
        Assert.Equal(
            new TokenizerOptions { Kind = TokenizerKind.KbCharV1, SpecialTokens = SpecialTokensInText.StayText },
            scorer.Manifest.Tokenizer);
    }

    [Fact]
    public void Folders_are_not_merged() =>
        Assert.Equal(1, ImportCommand.Create().Parse(["--from", Source(), "--from", Source(), "--to", _folder.In("kb")]).Invoke());

    [Theory]
    [InlineData("\"negative\"", "\"bad\"", "name them with --labels")]
    [InlineData("\"model_type\"", "\"problem_type\": \"multi_label_classification\", \"model_type\"", "problem_type is multi_label_classification")]
    public void What_is_no_sentiment_is_refused(string old, string replaced, string reason)
    {
        var folder = Source(FormulaFolder.SmallConfig.Replace(old, replaced, StringComparison.Ordinal));

        var error = Assert.Throws<CheckpointException>(() => new ImportedModel(folder).Write(_folder.In("kb"), "1", _ => { }));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("kb")));
    }

    [Fact]
    public void Labels_can_be_named()
    {
        var folder = Source(FormulaFolder.SmallConfig
            .Replace("\"negative\"", "\"LABEL_0\"", StringComparison.Ordinal)
            .Replace("\"neutral\"", "\"LABEL_1\"", StringComparison.Ordinal)
            .Replace("\"positive\"", "\"LABEL_2\"", StringComparison.Ordinal));

        var bundle = new ImportedModel(folder) { Labels = ["positive", "neutral", "negative"] }.Write(_folder.In("kb"), "1", _ => { });

        using var scorer = TextScorer.Load(bundle, new EncoderOptions { Provider = ExecutionProvider.Cpu });
        Assert.Equal(["positive", "neutral", "negative"], scorer.Manifest.Heads.Single().Labels);
    }

    public void Dispose() => _folder.Dispose();

    private static Golden[] ReadGolden() =>
    [
        .. File.ReadLines(SharedData.Require("golden", "pipeline", "golden.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Golden>(line, JsonSerializerOptions.Web)!),
    ];

    private static void AssertSame(Golden[] golden, TextScorer scorer)
    {
        var logits = scorer.Logits([.. golden.Select(text => text.Text)]);
        var labels = scorer.Manifest.Heads.Single().Labels;
        foreach (var (text, found) in golden.Zip(logits))
        {
            Assert.Equal(1, found.Windows);
            for (var label = 0; label < labels.Length; label++)
            {
                Assert.Equal(text.Logits[label], found[0][label], (float)GoldenFiles.Tolerance);
            }

            Assert.Equal(text.Label, labels[found[0][0] > found[0][1] ? 0 : 1]);
        }
    }

    private TextScorer Import(SpecialTokensInText specialTokens, LongTexts longTexts)
    {
        var folder = Path.GetDirectoryName(SharedData.Require("golden", "pipeline", "config.json"))!;
        var bundle = new ImportedModel(folder) { SpecialTokens = specialTokens }.Write(_folder.In("kb"), "1", _ => { });
        return TextScorer.Load(bundle, new EncoderOptions { Provider = ExecutionProvider.Cpu, LongTexts = longTexts });
    }

    /// <summary>A small folder with weights by formula and a vocabulary of letters.</summary>
    private string Source(string config = FormulaFolder.SmallConfig)
    {
        var folder = Directory.CreateDirectory(_folder.In($"hf-{Guid.NewGuid():N}")).FullName;
        FormulaFolder.WriteWithTokenizer(folder, config);
        return folder;
    }
}
