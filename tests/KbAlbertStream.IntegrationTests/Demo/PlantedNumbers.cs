using KbAlbertStream.Demo.Samples;

namespace KbAlbertStream.IntegrationTests.Demo;

/// <summary>The personal numbers of the sample stream, and where they are found.</summary>
internal static class PlantedNumbers
{
    private const int FewestTellingDigits = 9;

    /// <summary>Those that stand in a text: as they were written, or their digits alone.</summary>
    public static IReadOnlyList<string> In(string text)
    {
        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not '-' and not '.'));
        return
        [
            .. File.ReadLines(SampleFolder.Shipped.Stream + ".planted.tsv")
                .Select(line => line.Split('\t')[1])
                .Where(value => text.Contains(value, StringComparison.Ordinal)
                    || (Digits(value) is { Length: >= FewestTellingDigits } bare && digits.Contains(bare, StringComparison.Ordinal)))
                .Distinct(),
        ];
    }

    private static string Digits(string value) =>
        value.All(c => char.IsAsciiDigit(c) || c is ' ' or '-' or '.' or '+') ? string.Concat(value.Where(char.IsAsciiDigit)) : "";
}
