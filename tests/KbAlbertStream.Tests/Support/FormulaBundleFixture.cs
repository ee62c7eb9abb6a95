using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Tests.Support;

/// <summary>One formula bundle and one scorer over it, shared by the tests of a class.</summary>
public sealed class FormulaBundleFixture : IDisposable
{
    /// <summary>The model's folder.</summary>
    public string Folder { get; } = FormulaBundle.WriteToTemporaryFolder();

    /// <summary>A scorer on the CPU.</summary>
    public TextScorer Scorer => field ??= TextScorer.Load(Folder, new EncoderOptions { Provider = ExecutionProvider.Cpu });

    public void Dispose()
    {
        Scorer.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
