namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>
/// A copy of a text in which every way to write a digit, dash or letter is the plain one, with the way back: which
/// characters of the source each of its characters stands for.
/// </summary>
internal sealed class ShadowText
{
    private readonly int[]? _from;
    private readonly int[]? _to;

    private ShadowText(string text, int[]? from, int[]? to)
    {
        Text = text;
        _from = from;
        _to = to;
        LongestNumber = NumberLength.Longest(text);
    }

    public string Text { get; }

    public int Length => Text.Length;

    /// <summary>How many digits the longest number has.</summary>
    public int LongestNumber { get; }

    public static ShadowText Of(string source)
    {
        if (!ShadowBuilder.ChangesAnything(source))
        {
            return new ShadowText(source, null, null);
        }

        var builder = new ShadowBuilder(source);
        return new ShadowText(builder.Text, builder.From, builder.To);
    }

    /// <summary>The span of the source that a span of the shadow stands for, invisible characters included.</summary>
    public (int Start, int End) ToSource(Hit hit) =>
        _from is null || _to is null ? (hit.Start, hit.End) : (_from[hit.Start], _to[hit.End - 1]);
}
