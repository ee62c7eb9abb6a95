using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.IntegrationTests.Faults.Load;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>
/// A small bundle with weights by formula, calibrated so sharply that it has opinions, and the headlines that it has
/// them about. Written once a process.
/// </summary>
internal sealed class FaultModel : IDisposable
{
    private const float Sharp = 0.02f;

    private readonly string _folder;
    private readonly TextScorer _scorer;

    private FaultModel(string folder)
    {
        _folder = folder;
        _scorer = TextScorer.Load(folder, new EncoderOptions { Provider = ExecutionProvider.Cpu, Threads = 1 });
        Texts = StoryTexts.Choose(_scorer);
    }

    public string Folder => _folder;

    public TextScorer Scorer => _scorer;

    public StoryTexts Texts { get; }

    public static FaultModel Write()
    {
        var draft = FormulaBundle.Draft("demo", "faults");
        return new FaultModel(FormulaBundle.WriteToTemporaryFolder(draft with
        {
            Heads = [.. draft.Heads.Select(head => head with { Temperature = Sharp })],
        }));
    }

    public void Dispose()
    {
        _scorer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
