using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace KbAlbertStream.Trainer.Data;

/// <summary>Reads the public texts of the data folder: one record a line, gzip.</summary>
internal static class PublicText
{
    /// <summary>Naver film reviews of one split (<c>train</c>, <c>valid</c>, <c>test</c>).</summary>
    public static IEnumerable<Review> Reviews(string data, string split) =>
        Rows(Path.Combine(data, "nsmc", $"{split}.tsv.gz")).Select(row => new Review(int.Parse(row[2], CultureInfo.InvariantCulture), row[3]));

    /// <summary>News headlines with their topic.</summary>
    public static IEnumerable<Headline> Headlines(string data) =>
        Rows(Path.Combine(data, "text", "ynat_headlines.tsv.gz")).Select(row => new Headline(row[0], row[1]));

    /// <summary>The headlines that may be trained on.</summary>
    public static IEnumerable<Headline> TrainingHeadlines(string data) =>
        Headlines(data).Where(headline => !KeptOut.Contains(headline.Title));

    /// <summary>Manuals and petitions: formal and complaining Korean.</summary>
    public static IEnumerable<string> Prose(string data) =>
        Lines(Path.Combine(data, "text", "d365_manuals.txt.gz"))
            .Concat(Petitions(data));

    /// <summary>Petitions.</summary>
    public static IEnumerable<string> Petitions(string data) => Lines(Path.Combine(data, "text", "petitions.txt.gz"));

    private static IEnumerable<string[]> Rows(string path) => Lines(path).Skip(1).Select(line => line.Split('\t'));

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
