using System.Globalization;
using System.IO.Compression;
using System.Text;
using KbAlbertStream.Core.Tokenization;
using BertOptions = Microsoft.ML.Tokenizers.BertOptions;
using BertTokenizer = Microsoft.ML.Tokenizers.BertTokenizer;

namespace KbAlbertStream.Benchmarks.Tokenization;

/// <summary>
/// Megabytes per second of CPU time, our tokenizer beside Microsoft.ML.Tokenizers' BertTokenizer in each way of calling it,
/// in turns; and in how many lines its ids are those of the reference, which ours are in all (the golden tests).
/// </summary>
internal static class TokenizerBenchmark
{
    private const int Rounds = 5;

    public static void Run(string vocabularyPath, string textsPath, TextWriter output)
    {
        var vocabulary = Vocabulary.Parse(Read(vocabularyPath));
        var texts = Encoding.UTF8.GetString(Read(textsPath)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')[^1]).ToArray();
        var megabytes = texts.Sum(Encoding.UTF8.GetByteCount) / 1e6;
        var own = new WordPieceTokenizer(vocabulary);
        var rival = BertTokenizer.Create(
            new MemoryStream(Read(vocabularyPath)), new BertOptions { LowerCaseBeforeTokenization = false });
        var tokens = new TokenBuffer();
        (string Name, Func<long> Run)[] ways =
        [
            ("WordPieceTokenizer", () => texts.Sum(text => (long)OwnIds(own, text, tokens).Length)),
            ("BertTokenizer.EncodeToIds", () => texts.Sum(text => (long)rival.EncodeToIds(text).Count)),
            ("BertTokenizer.CountTokens", () => texts.Sum(text => (long)rival.CountTokens(text))),
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

        var same = texts.Count(text =>
            OwnIds(own, text, tokens).SequenceEqual([.. rival.EncodeToIds(text, addSpecialTokens: false)]));
        output.WriteLine($"{texts.Length} texts, {megabytes.ToString("F1", CultureInfo.InvariantCulture)} MB of UTF-8");
        output.WriteLine("| tokenizer | MB per CPU second | tokens per CPU second |");
        output.WriteLine("|---|---:|---:|");
        for (var way = 0; way < ways.Length; way++)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {ways[way].Name} | {best[way]:F1} | {best[way] / megabytes * counts[way]:F0} |"));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ours is {best[0] / best[1..].Max():F1} times as fast as its best; "
            + $"its ids are ours in {same / (double)texts.Length:P2} of the texts"));
    }

    private static ReadOnlySpan<int> OwnIds(WordPieceTokenizer tokenizer, string text, TokenBuffer tokens)
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
