using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Tests.Support;

[assembly: AssemblyFixture(typeof(BundleFixture))]

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>A small bundle with weights by formula, for processes that load one.</summary>
public sealed class BundleFixture : IDisposable
{
    private readonly Lazy<string> _folder = new(() => FormulaBundle.WriteToTemporaryFolder());

    /// <summary>The model's folder.</summary>
    public string Folder => _folder.Value;

    /// <inheritdoc />
    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            Directory.Delete(_folder.Value, recursive: true);
        }
    }
}
