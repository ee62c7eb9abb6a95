using System.Collections.Frozen;

namespace KbAlbertStream.Core.Text.Normalisation;

/// <summary>
/// What stands between '&lt;' and '>' when it is a tag of HTML. Only known names are tags, because Korean headlines
/// put words in angle brackets.
/// </summary>
/// <param name="IsEnd">An end tag.</param>
/// <param name="IsInline">Words on both sides belong together: no space in its place.</param>
/// <param name="IsScript">What it encloses is no text.</param>
internal readonly record struct HtmlTag(bool IsEnd, bool IsInline, bool IsScript)
{
    private const int LongestName = 12;

    private static readonly FrozenSet<string> Inline = Names(
        "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark nobr q s samp small span strike "
        + "strong sub sup tt u var wbr");

    private static readonly FrozenSet<string> Block = Names(
        "!doctype address applet area article aside audio base blink blockquote body br button canvas caption center "
        + "col colgroup data datalist dd details dialog dir div dl dt embed fieldset figcaption figure footer form frame "
        + "frameset h1 h2 h3 h4 h5 h6 head header hr html iframe img input label legend li link main map marquee menu "
        + "meta meter nav noframes noscript object ol optgroup option output p param picture pre progress script "
        + "section select source style summary svg table tbody td template textarea tfoot th thead time title tr track "
        + "ul video");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> InlineLookup =
        Inline.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BlockLookup =
        Block.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool TryRead(ReadOnlySpan<char> content, out HtmlTag tag)
    {
        tag = default;
        var isEnd = content.StartsWith("/");
        var body = isEnd ? content[1..] : content;
        var end = body.IndexOfAny(' ', '/');
        var name = end < 0 ? body : body[..end];
        if (name.Length is 0 or > LongestName)
        {
            return false;
        }

        var isInline = InlineLookup.Contains(name);
        tag = new HtmlTag(isEnd, isInline, name.Equals("script", StringComparison.OrdinalIgnoreCase)
            || name.Equals("style", StringComparison.OrdinalIgnoreCase));
        return isInline || BlockLookup.Contains(name);
    }

    private static FrozenSet<string> Names(string names) =>
        names.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
