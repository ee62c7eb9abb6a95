using System.Text;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.IntegrationTests.Fuzzing;

/// <summary>The messages that mutation starts from: the schemas' examples, good and bad, and the sample stream.</summary>
internal static class SeedMessages
{
    private const int SampleLines = 400;

    /// <summary>Messages of a kind, as bytes: an example may be no JSON.</summary>
    public static byte[][] Of(MessageKind kind) => [.. Examples(kind), .. Samples(kind)];

    private static IEnumerable<byte[]> Examples(MessageKind kind)
    {
        var topic = kind == MessageKind.News ? "risk.news.v1" : "risk.complaints.v1";
        return ((string[])["valid", "invalid"])
            .SelectMany(folder => Directory.GetFiles(Repository.PathOf("schemas", "examples", folder, topic)))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes);
    }

    // Cut out, not parsed: the stream holds bad records on purpose.
    private static IEnumerable<byte[]> Samples(MessageKind kind)
    {
        var start = $$"""{"kind":"{{kind.ToWireName()}}","value":""";
        return File.ReadLines(Repository.PathOf("samples", "stream.jsonl"))
            .Where(line => line.StartsWith(start, StringComparison.Ordinal))
            .Take(SampleLines)
            .Select(line => Encoding.UTF8.GetBytes(line[start.Length..^1]));
    }
}
