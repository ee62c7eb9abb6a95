using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Text.Normalisation;

namespace KbAlbertStream.Core.Text;

/// <summary>
/// Turns raw text into what is stored, shown and scored: composed (NFC), without mark-up and control characters, one
/// space for any run of white space. Service, trainer and golden check share it. Thread-safe; never throws on content.
/// </summary>
public sealed class TextPreparer
{
    private const string RulesVersion = "1";

    /// <summary>A preparer for these options.</summary>
    /// <exception cref="InvalidOperationException">ICU is missing: decomposed Hangul would stay decomposed.</exception>
    public TextPreparer(TextOptions? options = null)
    {
        _ = options;
        TextNormaliser.ThrowIfHangulDoesNotCompose();
    }

    /// <summary>The version of the rules: two preparers of one version turn the same text into the same text.</summary>
    public string Version { get; } = RulesVersion;

    /// <summary>Prepares every string of a message.</summary>
    public PreparedMessage Prepare(InboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new PreparedMessage
        {
            Kind = message.Kind,
            ExternalId = TextNormaliser.Normalise(message.ExternalId),
            Source = TextNormaliser.Normalise(message.Source),
            Content = Prepare(message.Title, message.Text),
            OccurredAt = message.OccurredAt,
            Url = NormaliseOrNull(message.Url),
            Language = NormaliseOrNull(message.Language),
            Institution = NormaliseOrNull(message.Institution),
            Sector = NormaliseOrNull(message.Sector),
            CustomerRef = NormaliseOrNull(message.CustomerRef),
            Masked = new Dictionary<string, int>(),
            ContentHash = "",
            StoryHash = "",
        };
    }

    /// <summary>Prepares a title and a text, either of which may be empty.</summary>
#pragma warning disable CA1822 // Callers hold an instance: what is masked depends on its options.
    public PreparedText Prepare(string title, string text)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(text);
        return new PreparedText(TextNormaliser.Normalise(title), TextNormaliser.Normalise(text));
    }
#pragma warning restore CA1822

    private static string? NormaliseOrNull(string? text) => text is null ? null : TextNormaliser.Normalise(text);
}
