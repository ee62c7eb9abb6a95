using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Text.Normalisation;
using KbAlbertStream.Core.Text.Redaction;

namespace KbAlbertStream.Core.Text;

/// <summary>
/// Turns raw text into what is stored, shown and scored: composed (NFC), without mark-up and control characters, one
/// space for any run of white space, personal data behind placeholders. Service, <c>inspect</c>, trainer and golden
/// check share it. Preparing what is prepared changes nothing. Thread-safe; never throws on content.
/// </summary>
public sealed class TextPreparer
{
    // Any change of a rule that can change a prepared text raises it.
    private const string RulesVersion = "1";

    private readonly Redactor _redactor;
    private readonly UrlMasker _urls;
    private readonly IdentifierMasker _identifiers;

    /// <summary>A preparer for these options; without any, nothing is switched off and no identifier is hashed.</summary>
    /// <exception cref="InvalidOperationException">ICU is missing: decomposed Hangul would stay decomposed.</exception>
    /// <exception cref="ArgumentException">The options name an unknown recogniser or hold a short key.</exception>
    public TextPreparer(TextOptions? options = null)
    {
        options ??= new TextOptions();
        TextNormaliser.ThrowIfHangulDoesNotCompose();
        _redactor = new Redactor(options.DisabledRecognisers);
        _urls = new UrlMasker(_redactor);
        _identifiers = new IdentifierMasker(_redactor, options.HashKey);
        Version = options.DisabledRecognisers.Count == 0
            ? RulesVersion
            : $"{RulesVersion}-without-{string.Join('-', options.DisabledRecognisers.Order(StringComparer.Ordinal))}";
    }

    /// <summary>The version of the rules: two preparers of one version turn the same text into the same text.</summary>
    public string Version { get; }

    /// <summary>Prepares every string of a message.</summary>
    public PreparedMessage Prepare(InboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var counts = new MaskCounts();
        var content = Prepare(message.Title, message.Text, counts);
        return new PreparedMessage
        {
            Kind = message.Kind,
            ExternalId = _identifiers.Mask(message.ExternalId, counts),
            Source = Mask(message.Source, counts),
            Content = content,
            OccurredAt = message.OccurredAt,
            Url = message.Url is null ? null : _urls.Mask(message.Url, counts),
            Language = MaskOrNull(message.Language, counts),
            Institution = MaskOrNull(message.Institution, counts),
            Sector = MaskOrNull(message.Sector, counts),
            CustomerRef = message.CustomerRef is null ? null : _identifiers.Mask(message.CustomerRef, counts),
            Masked = counts.ToDictionary(),
            ContentHash = Fingerprint.OfContent(message.Kind, content),
            StoryHash = Fingerprint.OfStory(content),
        };
    }

    /// <summary>An identifier as rows hold it: the same raw one gives the same as in a prepared message.</summary>
    public string PrepareId(string rawId)
    {
        ArgumentNullException.ThrowIfNull(rawId);
        return _identifiers.Mask(rawId, new MaskCounts());
    }

    /// <summary>
    /// Prepares an identifier alone, as <see cref="Prepare(InboundMessage)"/> does: what rows hold for what a sender wrote.
    /// </summary>
    public string PrepareIdentifier(string raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        return _identifiers.Mask(raw, new MaskCounts());
    }

    /// <summary>Prepares a title and a text, either of which may be empty.</summary>
    public PreparedText Prepare(string title, string text)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(text);
        return Prepare(title, text, new MaskCounts());
    }

    private PreparedText Prepare(string title, string text, MaskCounts counts) =>
        new(Mask(title, counts), Mask(text, counts));

    private string? MaskOrNull(string? raw, MaskCounts counts) => raw is null ? null : Mask(raw, counts);

    private string Mask(string raw, MaskCounts counts) => counts.Add(_redactor.Redact(TextNormaliser.Normalise(raw)));
}
