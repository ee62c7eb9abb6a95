namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>A text with its personal data masked, and how many values of each type (lower case) were.</summary>
internal sealed record Redacted(string Text, IReadOnlyDictionary<string, int> Counts)
{
    private static readonly Dictionary<string, int> NoCounts = [];

    public static Redacted Nothing(string text) => new(text, NoCounts);
}
