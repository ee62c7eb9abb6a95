using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Inference.Bundles;

public sealed class ModelBundleTests : IDisposable
{
    private readonly string _folder = FormulaBundle.WriteToTemporaryFolder();

    private string Version => Path.Combine(_folder, "formula");

    [Fact]
    public void A_models_folder_means_its_current_version()
    {
        Assert.Equal(Version, ModelBundle.Open(_folder).Folder);
        Assert.Equal(Version, ModelBundle.Open(Version).Folder);
    }

    [Fact]
    public void Every_damaged_or_missing_file_is_listed()
    {
        File.AppendAllText(Path.Combine(Version, "vocab.txt"), "\n");
        File.Delete(Path.Combine(Version, "metrics.json"));

        var error = Assert.Throws<BundleException>(() => ModelBundle.Open(_folder));

        Assert.Equal(2, error.Errors.Length);
        Assert.StartsWith("metrics.json cannot be read", error.Errors[0], StringComparison.Ordinal);
        Assert.StartsWith("vocab.txt has SHA-256", error.Errors[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("../formula")]
    [InlineData("")]
    public void A_current_that_names_no_version_is_an_error(string version)
    {
        File.WriteAllText(Path.Combine(_folder, "current"), version + "\n");

        var error = Assert.Throws<BundleException>(() => ModelBundle.Open(_folder));

        Assert.Contains($"names the version '{version}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_bundle_is_an_error() => Assert.Contains(
        "is no model bundle",
        Assert.Throws<BundleException>(() => ModelBundle.Open(Path.GetTempPath())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_version_never_changes()
    {
        Assert.Throws<IOException>(() => BundleWriter.Write(_folder, FormulaBundle.Draft()));

        Assert.Equal("demo/formula", ModelBundle.Open(_folder).Manifest.Id);
    }

    [Fact]
    public void A_second_version_is_in_use_only_once_it_is_made_current()
    {
        BundleWriter.Write(_folder, FormulaBundle.Draft(version: "second"));
        Assert.Equal("demo/formula", ModelBundle.Open(_folder).Manifest.Id);

        BundleLocator.MakeCurrent(_folder, "second");

        Assert.Equal("demo/second", ModelBundle.Open(_folder).Manifest.Id);
        Assert.Equal(["current", "formula", "second"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_version_that_cannot_be_written_leaves_nothing_behind()
    {
        var draft = FormulaBundle.Draft(version: "broken") with
        {
            Weights = name => throw new KeyNotFoundException(name),
        };

        Assert.Throws<KeyNotFoundException>(() => BundleWriter.Write(_folder, draft));

        Assert.Equal(["current", "formula"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_vocabulary_that_does_not_fit_the_encoder_is_refused()
    {
        var draft = FormulaBundle.Draft(version: "other") with
        {
            Vocabulary = Vocabulary.FromTokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "가"]),
        };

        var error = Assert.Throws<BundleException>(() => BundleWriter.Write(_folder, draft));

        Assert.Equal(
            [
                $"vocab.txt has 5 tokens, the encoder has {FormulaBundle.Shape.VocabularySize} embeddings",
                "vocab.txt lacks [MASK]",
            ],
            error.Errors);
    }

    [Fact]
    public void A_draft_that_contradicts_itself_is_refused_with_every_reason()
    {
        var draft = FormulaBundle.Draft(version: "a b") with
        {
            MaxLength = 999,
            Encoder = FormulaBundle.Shape with { Activation = Activation.Relu, AttentionHeads = 3 },
        };

        Assert.Equal(3, Assert.Throws<BundleException>(() => BundleWriter.Write(_folder, draft)).Errors.Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
