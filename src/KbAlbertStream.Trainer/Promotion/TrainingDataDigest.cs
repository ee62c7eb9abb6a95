using System.Security.Cryptography;
using System.Text;

namespace KbAlbertStream.Trainer.Promotion;

/// <summary>One hash over all files that were trained on.</summary>
internal static class TrainingDataDigest
{
    private static readonly string[] Files =
    [
        "nsmc/train.tsv.gz", "risk/headlines-2.jsonl", "risk/headlines.jsonl", "risk/labels.json", "risk/train-2.jsonl",
        "risk/train.jsonl", "text/d365_manuals.txt.gz", "text/petitions.txt.gz", "text/ynat_headlines.tsv.gz",
    ];

    /// <summary>SHA-256, in lower-case hex, over the lines <c>HASH  NAME</c> that sha256sum prints for the files in order.</summary>
    public static string Of(string data)
    {
        var lines = Files.Select(file =>
            $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(data, file))))}  {file}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
