using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace KbAlbertStream.Trainer.Data;

/// <summary>
/// Which real headlines are never trained on, not even as plain text: a fifth, by the hash of the title. What the
/// model says about them is what it will say about tomorrow's news.
/// </summary>
internal static class KeptOut
{
    private const uint OneOf = 5;

    /// <summary>True when the headline is kept for evaluation.</summary>
    public static bool Contains(string title) => HashOf(title) % OneOf == 0;

    /// <summary>The first four bytes of the SHA-256 of the title in UTF-8, big endian.</summary>
    public static uint HashOf(string title) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(title)));

    /// <summary>Kept-out headlines about finance, labelled by reading each.</summary>
    public static IEnumerable<RiskText> LabelledHeadlines(string data) =>
        RiskText.Read(data, TrainingTexts.RealHeadlines).Where(text => Contains(text.Title));

    /// <summary>
    /// Kept-out headlines of sport, world, life and IT, in the order of their hashes; those with finance words, which
    /// may report an event, are among <see cref="LabelledHeadlines"/> and not here.
    /// </summary>
    public static IEnumerable<Headline> OtherWorlds(string data)
    {
        var labelled = RiskText.Read(data, TrainingTexts.RealHeadlines).Select(text => text.Title).ToHashSet(StringComparer.Ordinal);
        return PublicText.Headlines(data)
            .Where(headline => headline.Topic is "스포츠" or "세계" or "생활문화" or "IT과학")
            .Where(headline => Contains(headline.Title) && !labelled.Contains(headline.Title))
            .DistinctBy(headline => headline.Title)
            .OrderBy(headline => HashOf(headline.Title));
    }
}
