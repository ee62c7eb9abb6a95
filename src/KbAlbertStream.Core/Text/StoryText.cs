using System.Text;
using System.Text.RegularExpressions;
using KbAlbertStream.Core.Text.Normalisation;
using KbAlbertStream.Core.Text.Redaction;

namespace KbAlbertStream.Core.Text;

/// <summary>
/// The story in a text: without the tags, datelines, reporters, copyright notices and picture credits that publishers
/// add to a wire story. Numbers stay. Only for comparing: what is cut out need not read well.
/// </summary>
internal static partial class StoryText
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const string Tag = "속보|단독|종합|상보|긴급|[0-9]보|영상|포토|사진|재송|수정|업데이트|단신";

    // With the word that tells whether to look at all. Every repetition is bounded: linear.
    private static readonly (Regex Pattern, WordSet Sign)[] Additions =
    [
        (Copyright, Words.Of("저작권자 ⓒ © (c) copyright")),
        (Reuse, Words.Of("무단")),
        (Credit, Words.Of("사진")),
        (BracketedTag, Words.Of("[ ( < 【")),
        (Dateline, Words.Of("=")),
        (Reporter, Words.Of("기자 특파원 통신원")),
        (MaskedEmail, Words.Of("[EMAIL]")),
        (CopyrightSign, Words.Of("ⓒ ©")),
    ];

    [GeneratedRegex(@"[<\[(]?(?:저작권자|ⓒ|©|\(c\)|copyrights?).{0,120}?(?:금지|reserved\.?)[>\])]?", Options)]
    private static partial Regex Copyright { get; }

    [GeneratedRegex(@"[<\[(]?무단 ?(?:전재|복제|배포|사용)[^.]{0,80}?금지[>\])]?", Options)]
    private static partial Regex Reuse { get; }

    [GeneratedRegex(
        @"[/\[(<]?(?:자료 ?)?사진(?: ?제공)? ?[=:|] ?[가-힣A-Za-z0-9·]{1,15}(?: ?(?:제공|캡처|DB))?[\])>]?", Options)]
    private static partial Regex Credit { get; }

    [GeneratedRegex(@"[\[(<【](?:" + Tag + @")[^\])>】]{0,10}[\])>】]", Options)]
    private static partial Regex BracketedTag { get; }

    [GeneratedRegex(@"[\[(【][가-힣A-Za-z·, ]{1,20}= ?[가-힣A-Za-z0-9 ]{1,20}[\])】]", Options)]
    private static partial Regex Dateline { get; }

    [GeneratedRegex(
        @"[\[(【/|]?(?:[가-힣A-Za-z0-9]{2,12} )?[가-힣]{2,4} ?(?:(?:선임|수습|인턴|전문|객원) ?)?(?:기자|특파원|통신원)"
        + @"(?: ?[\])】])?(?: ?\[EMAIL\])?(?: ?=)?(?![가-힣])", Options)]
    private static partial Regex Reporter { get; }

    [GeneratedRegex(@"\[EMAIL\]", Options)]
    private static partial Regex MaskedEmail { get; }

    [GeneratedRegex(@"[ⓒ©] ?[가-힣A-Za-z0-9.&]{1,20}", Options)]
    private static partial Regex CopyrightSign { get; }

    public static string Of(string prepared)
    {
        var story = prepared;
        foreach (var (pattern, sign) in Additions)
        {
            story = sign.IsIn(story) ? pattern.Replace(story, " ") : story;
        }

        // NFKC last: it would turn ⓒ into c.
        return TextNormaliser.Normalise(story.Normalize(NormalizationForm.FormKC)).Trim(" =/|-·▲".ToCharArray());
    }
}
