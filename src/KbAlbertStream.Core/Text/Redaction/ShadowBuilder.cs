using System.Text;

namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>Writes the shadow of one text.</summary>
internal sealed class ShadowBuilder
{
    // Stands for a placeholder: what is masked already is neither data nor a word that names its type.
    public const char Masked = '\uFFFC';

    private readonly StringBuilder _text = new();
    private readonly List<int> _from = [];
    private readonly List<int> _to = [];

    public ShadowBuilder(string source)
    {
        var position = 0;
        foreach (var placeholder in Placeholder.Pattern.EnumerateMatches(source))
        {
            AppendPlain(source, position, placeholder.Index);
            position = placeholder.Index + placeholder.Length;
            Append(Masked, placeholder.Index, position);
        }

        AppendPlain(source, position, source.Length);
        var spoken = SpokenDigits.Replace(_text.ToString());
        var kept = Enumerable.Range(0, spoken.Length).Where(i => spoken[i] != SpokenDigits.Removed).ToArray();
        Text = string.Concat(kept.Select(i => spoken[i]));
        From = [.. kept.Select(i => _from[i])];
        To = [.. kept.Select(i => _to[i])];
    }

    public string Text { get; }

    public int[] From { get; }

    public int[] To { get; }

    /// <summary>False when the shadow would be the source itself.</summary>
    public static bool ChangesAnything(string source) =>
        source.AsSpan().ContainsAny(PlainForm.Changing)
        || Placeholder.Pattern.IsMatch(source)
        || SpokenDigits.MayBeIn(source);

    private void AppendPlain(string source, int start, int end)
    {
        for (var i = start; i < end;)
        {
            var hasRune = Rune.TryGetRuneAt(source, i, out var rune);
            var next = i + (hasRune ? rune.Utf16SequenceLength : 1);
            var plain = hasRune ? PlainForm.Of(rune) : null;
            if (plain is null)
            {
                for (; i < next; i++)
                {
                    Append(source[i], i, i + 1);
                }
            }
            else if (plain.Length == 0 && _to.Count > 0)
            {
                _to[^1] = next;
            }

            foreach (var c in plain ?? "")
            {
                Append(c, i, next);
            }

            i = next;
        }
    }

    private void Append(char c, int from, int to)
    {
        _text.Append(c);
        _from.Add(from);
        _to.Add(to);
    }
}
