namespace KbAlbertStream.Demo.Samples;

/// <summary>Chooses the form of a Korean particle by the last sound of the word before it.</summary>
internal static class KoreanParticle
{
    private const int FirstSyllable = '가';
    private const int Finals = 28;
    private const int FinalRieul = 8;

    /// <summary>
    /// The form of a pair such as "이/가" that follows <paramref name="word"/>: the first after a final consonant, the
    /// second after a vowel, and "로" after ㄹ as well.
    /// </summary>
    public static string After(string word, string pair)
    {
        var cut = pair.IndexOf('/', StringComparison.Ordinal);
        var final = word[^1] is >= '가' and <= '힣' ? (word[^1] - FirstSyllable) % Finals : 0;
        var isClosed = final != 0 && !(final == FinalRieul && pair == "으로/로");
        return isClosed ? pair[..cut] : pair[(cut + 1)..];
    }
}
