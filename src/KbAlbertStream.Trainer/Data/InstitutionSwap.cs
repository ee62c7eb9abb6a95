using System.Collections.Immutable;

namespace KbAlbertStream.Trainer.Data;

/// <summary>
/// Puts another institution of the same kind in the place of the one a text is about, so that a model learns the
/// event and not the name. The kind is the name's ending, so particles and sense still fit.
/// </summary>
internal sealed class InstitutionSwap
{
    // Longest first: a savings bank (저축은행) is no bank (은행).
    private static readonly string[] Endings =
    [
        "저축은행", "인터넷은행", "금융지주", "자산운용", "손해보험", "생명보험", "새마을금고", "캐피탈", "카드", "은행", "증권", "생명",
        "손보", "화재", "해상", "보험", "금융", "뱅크", "페이", "금고", "신협", "농협", "수협", "운용", "대부", "투자", "거래소", "신탁",
    ];

    private readonly ImmutableDictionary<string, ImmutableArray<string>> _byEnding;

    public InstitutionSwap(IEnumerable<string> names) => _byEnding = names
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .Where(name => EndingOf(name) is not null)
        .GroupBy(name => EndingOf(name)!)
        .ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>The text about another institution; the same text when it names none of a known kind.</summary>
    public LabelledText Apply(LabelledText text, Random random)
    {
        if (text.Entity.Length == 0 || EndingOf(text.Entity) is not { } ending
            || !_byEnding.TryGetValue(ending, out var names))
        {
            return text;
        }

        var other = names[random.Next(names.Length)];
        return text with
        {
            Title = text.Title.Replace(text.Entity, other, StringComparison.Ordinal),
            Text = text.Text.Replace(text.Entity, other, StringComparison.Ordinal),
            Entity = other,
        };
    }

    private static string? EndingOf(string name) =>
        Endings.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.Ordinal) && name.Length > ending.Length);
}
