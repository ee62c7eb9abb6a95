using System.IO.Compression;

namespace KbAlbertStream.Tests.Support;

/// <summary>
/// The reference data that lies beside the checkout: <c>KBAS_SHARED</c>, else <c>../shared</c>. Tests that need it are
/// visibly skipped without.
/// </summary>
internal static class SharedData
{
    private static readonly string Root = Path.GetFullPath(
        Environment.GetEnvironmentVariable("KBAS_SHARED") is { Length: > 0 } path ? path : "../shared", Repository.Root);

    /// <summary>The path of a file or folder there; skips the test when it is missing.</summary>
    public static string Require(params string[] parts)
    {
        var path = Path.Combine([Root, .. parts]);
        Assert.SkipUnless(Path.Exists(path), $"{Path.Combine(parts)} of the shared data is missing: set KBAS_SHARED");
        return path;
    }

    /// <summary>All bytes of a file there, unzipped when its name ends with <c>.gz</c>.</summary>
    public static byte[] ReadBytes(params string[] parts)
    {
        using var file = OpenRead(parts);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The lines of a text file there; only LF ends a line.</summary>
    public static IEnumerable<string> ReadLines(params string[] parts)
    {
        var text = System.Text.Encoding.UTF8.GetString(ReadBytes(parts));
        var lines = text.Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    /// <summary>The lines of a text file there, read as they are asked for. It must hold no CR.</summary>
    public static IEnumerable<string> StreamLines(params string[] parts)
    {
        using var lines = new StreamReader(OpenRead(parts));
        while (lines.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static Stream OpenRead(string[] parts)
    {
        var path = Require(parts);
        var file = File.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
