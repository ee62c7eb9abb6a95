using System.Diagnostics;
using System.Text;
using KbAlbertStream.Core.Tokenization;

namespace KbAlbertStream.Tests.Core.Tokenization;

/// <summary>Damaged files, the same ones in every run: each gives a tokenizer that works, or the one exception.</summary>
public sealed class TokenizerFuzzTests
{
    private const int Cases = 1000;

    // The tables of a tokenizer take 1.5 MB; the rest is what a file of 2 KB may cost.
    private const long MostBytes = 8 << 20;

    private static readonly string[] Pieces =
    [
        "null", "true", "-1", "1e999", "99999999999999999999", "\"", "\\ud800", "\u0000", "{", "}", "[", "]", ",", ":", "\r", "\n",
        "\ufeff", "BPE", "[MASK]", "##", "\"vocab\":{", new string('[', 200), new string('가', 300),
    ];

    [Theory]
    [InlineData("vocab.txt")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    public void A_damaged_file_gives_a_clear_error_or_a_tokenizer_that_works(string name)
    {
        using var files = new TokenizerFiles()
            .With("vocab.txt", TokenizerFiles.Vocabulary)
            .With("tokenizer_config.json", TokenizerFiles.Config());
        var original = name switch
        {
            "vocab.txt" => Encoding.UTF8.GetBytes(TokenizerFiles.Vocabulary),
            "tokenizer.json" => Encoding.UTF8.GetBytes(TokenizerFiles.Json().ToJsonString()),
            _ => Encoding.UTF8.GetBytes(TokenizerFiles.Config().ToJsonString()),
        };
        var refused = 0;
        for (var seed = 0; seed < Cases; seed++)
        {
            files.With(name, Mutate(original, new Random(seed)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            refused += Read(files.Folder, name, seed) ? 0 : 1;

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), $"seed {seed} took too long");
        }

        // Both happen, or the damage is too small or too great to say anything.
        Assert.InRange(refused, 20, Cases - 20);
    }

    private static bool Read(string folder, string name, int seed)
    {
        try
        {
            var tokenizer = TokenizerFolder.Read(folder).Create();
            var ids = tokenizer.IdsOf("가나 É金a[MASK]\ud800, 모름\u200b");
            Assert.All(ids, id => Assert.InRange(id, 0, tokenizer.Vocabulary.Ids.Values.Max()));
            return true;
        }
        catch (TokenizerException e)
        {
            Assert.True(e.Message.Contains(name, StringComparison.Ordinal) || e.Message.Contains(folder, StringComparison.Ordinal), e.Message);
            Assert.InRange(e.Message.Length, 10, 500);
            return false;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"seed {seed} of {name}", e);
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var left = random.Next(1, 4); left > 0 && bytes.Count > 0; left--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 4:
                    var from = random.Next(bytes.Count);
                    bytes.InsertRange(at, bytes.GetRange(from, Math.Min(random.Next(1, 60), bytes.Count - from)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
