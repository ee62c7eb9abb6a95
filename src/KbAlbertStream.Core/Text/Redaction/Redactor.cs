using System.Collections.Immutable;
using System.Text;
using KbAlbertStream.Core.Text.Redaction.Recognisers;

namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>
/// Puts a placeholder in place of every piece of personal data. Redacting twice gives the same as once; time is
/// linear in the length; thread-safe.
/// </summary>
/// <remarks>
/// 1. Text without a digit, '@', '=' or number word is passed on. 2. The recognisers read a shadow of the text, in
/// which digits and dashes are plain. 3. Of spans that overlap the longest wins, then the earlier recogniser, and the
/// winner covers what the others had too. 4. Placeholders change what stands next to what, so it looks again until
/// nothing is left.
/// </remarks>
internal sealed class Redactor
{
    // Enough for any text seen; a text that needs more was written to need it, and is masked all the same.
    private const int MostPasses = 8;

    // The order decides between spans of one length.
    private static readonly ImmutableArray<Recogniser> All =
    [
        new EmailRecogniser(), new CardRecogniser(), new RrnRecogniser(), new FrnRecogniser(),
        new CorporateNumberRecogniser(), new DriverLicenceRecogniser(), new PassportRecogniser(),
        new BusinessNumberRecogniser(), new PhoneRecogniser(), new PublicNumberRecogniser(), new IpRecogniser(),
        new AccountRecogniser(), new BirthDateRecogniser(), new PlateRecogniser(),
        new TokenRecogniser(),
    ];

    private readonly ImmutableArray<Recogniser> _recognisers;

    /// <param name="disabled">Types (lower case) to leave out.</param>
    /// <exception cref="ArgumentException">There is no such type.</exception>
    public Redactor(IReadOnlyCollection<string> disabled)
    {
        var unknown = disabled.FirstOrDefault(type => All.All(recogniser => LowerCase(recogniser.Type) != type));
        if (unknown is not null)
        {
            throw new ArgumentException($"no recogniser of type '{unknown}'", nameof(disabled));
        }

        _recognisers = [.. All.Where(recogniser => !disabled.Contains(LowerCase(recogniser.Type)))];
    }

    public Redacted Redact(string text)
    {
        if (!MayHoldPersonalData(text)) // 1
        {
            return Redacted.Nothing(text);
        }

        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var shadow = ShadowText.Of(text); // 2
            var hits = new List<Hit>();
            foreach (var recogniser in _recognisers)
            {
                recogniser.Find(shadow, hits);
            }

            var spans = HitMerger.Merge(hits); // 3
            if (spans.Count == 0)
            {
                break;
            }

            text = Replace(text, shadow, spans, counts); // 4
        }

        return new Redacted(text, counts);
    }

    private static bool MayHoldPersonalData(string text) =>
        text.AsSpan().ContainsAny(PlainForm.Telling)
        || SpokenDigits.MayBeIn(text)
        || text.Contains("골뱅이", StringComparison.Ordinal)
        || text.Contains("at", StringComparison.OrdinalIgnoreCase);

    private static string Replace(
        string text, ShadowText shadow, List<Hit> spans, SortedDictionary<string, int> counts)
    {
        var builder = new StringBuilder(text.Length);
        var position = 0;
        foreach (var span in spans)
        {
            var (start, end) = shadow.ToSource(span);
            builder.Append(text, position, start - position).Append(Placeholder.Of(span.Type!));
            position = end;
            var type = LowerCase(span.Type!);
            counts[type] = counts.GetValueOrDefault(type) + 1;
        }

        return builder.Append(text, position, text.Length - position).ToString();
    }

#pragma warning disable CA1308 // The types are ASCII, and lower case is their form in counts and options.
    private static string LowerCase(string type) => type.ToLowerInvariant();
#pragma warning restore CA1308
}
