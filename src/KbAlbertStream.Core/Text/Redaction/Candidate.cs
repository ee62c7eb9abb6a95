namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>A span of the shadow text that has the shape of personal data, with the words around it.</summary>
internal readonly record struct Candidate(ShadowText Text, int Start, int End)
{
    /// <summary>How far a word that names the type may be.</summary>
    public const int ContextLength = 30;

    public ReadOnlySpan<char> Span => Text.Text.AsSpan(Start, End - Start);

    /// <summary>Its digits without what separates them.</summary>
    public string Digits
    {
        get
        {
            Span<char> digits = stackalloc char[Span.Length];
            var count = 0;
            foreach (var c in Span)
            {
                if (char.IsAsciiDigit(c))
                {
                    digits[count++] = c;
                }
            }

            return new string(digits[..count]);
        }
    }

    /// <summary>The lengths of its groups of digits.</summary>
    public List<int> Groups
    {
        get
        {
            var groups = new List<int>();
            var length = 0;
            foreach (var c in Span)
            {
                var isDigit = char.IsAsciiDigit(c);
                if (!isDigit && length > 0)
                {
                    groups.Add(length);
                }

                length = isDigit ? length + 1 : 0;
            }

            groups.Add(length);
            return groups;
        }
    }

    /// <summary>How many characters stand for a digit that somebody has hidden.</summary>
    public int HiddenDigits
    {
        get
        {
            var count = 0;
            foreach (var c in Span)
            {
                count += c is '*' or 'x' or 'X' or '#' ? 1 : 0;
            }

            return count;
        }
    }

    public ReadOnlySpan<char> Before(int length) => Text.Text.AsSpan(Math.Max(0, Start - length)..Start);

    public ReadOnlySpan<char> After(int length) => Text.Text.AsSpan(End..Math.Min(Text.Length, End + length));

    /// <summary>True when one of the words stands up to so many characters before or after.</summary>
    public bool IsNear(WordSet words, int before = ContextLength, int after = ContextLength) =>
        words.IsIn(Before(before)) || words.IsIn(After(after));
}
