using System.Globalization;
using System.IO.Compression;
using System.Text;
using KbAlbertStream.Core.Tokenization;
using BertOptions = Microsoft.ML.Tokenizers.BertOptions;
using BertTokenizer = Microsoft.ML.Tokenizers.BertTokenizer;

namespace KbAlbertStream.Benchmarks.Tokenization;

/// <summary>
/// Megabytes per second of CPU time, our tokenizers beside Microsoft.ML.Tokenizers' BertTokenizer in each way of calling
/// it, in turns; and in how many lines its ids are ours, which are the reference's in all (the golden tests).
/// </summary>
internal static class TokenizerBenchmark
{
    private const int Rounds = 5;

    /// <summary>Measures and prints a table.</summary>
    /// <param name="vocabularyPath">A vocab.txt, or one that ends with .gz.</param>
    /// <param name="textsPath">One text a line, its last column; or such a file that ends with .gz.</param>
    /// <param name="idsPath">Where to write our ids with [CLS] and [SEP], for others to compare with; null for nowhere.</param>
    /// <param name="output">Where the table goes.</param>
    public static void Run(string vocabularyPath, string textsPath, string? idsPath, TextWriter output)
    {
        var vocabulary = Vocabulary.Parse(Read(vocabularyPath));
        var texts = Encoding.UTF8.GetString(Read(textsPath)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')[^1]).ToArray();
        var megabytes = texts.Sum(Encoding.UTF8.GetByteCount) / 1e6;
        var own = new WordPieceTokenizer(vocabulary);
        var kbChar = new KbCharTokenizer(vocabulary);
        var rival = BertTokenizer.Create(
            new MemoryStream(Read(vocabularyPath)), new BertOptions { LowerCaseBeforeTokenization = false });
        var tokens = new TokenBuffer();
        (string Name, Func<long> Run, Func<string, bool>? IsSame)[] ways =
        [
            ("WordPieceTokenizer", () => texts.Sum(text => (long)Ids(own, text, tokens).Length + 2), _ => true),
            ("KbCharTokenizer (other ids)", () => texts.Sum(text => (long)Ids(kbChar, text, tokens).Length + 2), null),
            ("Microsoft.ML.Tokenizers 2.0.1, BertTokenizer.EncodeToIds", () => texts.Sum(text => (long)rival.EncodeToIds(text).Count),
                text => Ids(own, text, tokens).SequenceEqual([.. rival.EncodeToIds(text, addSpecialTokens: false)])),
            ("the same, CountTokens", () => texts.Sum(text => (long)rival.CountTokens(text)), null),
        ];
        var best = new double[ways.Length];
        var counts = new long[ways.Length];
        for (var round = 0; round <= Rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var before = Environment.CpuUsage.TotalTime;
                counts[way] = ways[way].Run();
                best[way] = Math.Max(best[way], round == 0 ? 0 : megabytes / (Environment.CpuUsage.TotalTime - before).TotalSeconds);
            }
        }

        output.WriteLine($"{texts.Length} texts, {megabytes.ToString("F1", CultureInfo.InvariantCulture)} MB of UTF-8");
        output.WriteLine("| tokenizer | MB per CPU second | tokens per CPU second | texts with our ids |");
        output.WriteLine("|---|---:|---:|---:|");
        for (var way = 0; way < ways.Length; way++)
        {
            var same = ways[way].IsSame is { } isSame ? $"{Percent(texts.Count(isSame), texts.Length)} %" : "";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {ways[way].Name} | {best[way]:F1} | {best[way] / megabytes * counts[way]:F0} | {same} |"));
        }

        if (idsPath is not null)
        {
            File.WriteAllLines(idsPath, texts.Select(text => string.Join(
                ' ', [vocabulary.StartId, .. Ids(own, text, tokens), vocabulary.SeparatorId])));
        }
    }

    private static string Percent(int part, int whole) =>
        (100.0 * part / whole).ToString("F2", CultureInfo.InvariantCulture);

    private static ReadOnlySpan<int> Ids(ITokenizer tokenizer, string text, TokenBuffer tokens)
    {
        tokens.Clear();
        tokenizer.Encode(text, tokens);
        return tokens.Ids;
    }

    private static byte[] Read(string path)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var bytes = new MemoryStream();
        plain.CopyTo(bytes);
        return bytes.ToArray();
    }
}
