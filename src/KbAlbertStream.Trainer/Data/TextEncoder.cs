using System.Text;

namespace KbAlbertStream.Trainer.Data;

internal sealed class TextEncoder
{
    private const int Unknown = 1, Start = 2, End = 3;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _first, _inner;

    public TextEncoder(Vocabulary vocabulary)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        var inner = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < vocabulary.Count; id++)
        {
            if (vocabulary.Continues(id))
            {
                inner[vocabulary.Tokens[id][2..]] = id;
            }
            else
            {
                first[vocabulary.Tokens[id]] = id;
            }
        }

        _first = first.GetAlternateLookup<ReadOnlySpan<char>>();
        _inner = inner.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static IEnumerable<string> Words(string title, string text)
    {
        var all = (title.Length == 0 ? text : $"{title} {text}").Normalize(NormalizationForm.FormC);
        var word = new StringBuilder();
        foreach (var rune in all.EnumerateRunes())
        {
            var cut = Rune.IsPunctuation(rune) || rune.Value is >= 33 and <= 126 && !Rune.IsLetterOrDigit(rune)
                || rune.Value is >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF;
            var space = Rune.IsWhiteSpace(rune);
            if ((cut || space) && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

            if (cut)
            {
                yield return rune.ToString();
            }
            else if (!space && !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.Format)
            {
                word.Append(rune.ToString());
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    public int[] Encode(string title, string text)
    {
        var ids = new List<int> { Start };
        foreach (var word in Words(title, text))
        {
            var before = ids.Count;
            for (var at = 0; at < word.Length;)
            {
                var lookup = at == 0 ? _first : _inner;
                var length = Math.Min(word.Length - at, 24);
                var id = 0;
                while (length > 0 && !lookup.TryGetValue(word.AsSpan(at, length), out id))
                {
                    length--;
                }

                if (length == 0)
                {
                    ids.RemoveRange(before, ids.Count - before);
                    ids.Add(Unknown);
                    break;
                }

                ids.Add(id);
                at += length;
            }
        }

        ids.Add(End);
        return [.. ids];
    }
}
