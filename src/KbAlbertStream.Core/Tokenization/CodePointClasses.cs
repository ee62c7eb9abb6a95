namespace KbAlbertStream.Core.Tokenization;

/// <summary>The class of every code point: one load for the basic plane, a short search beyond it.</summary>
internal static class CodePointClasses
{
    private static readonly byte[] Basic = new byte[0x10000];
    private static readonly (int First, int Last, CodePointClass Class)[] Astral = Build();

    /// <summary>The class of a UTF-16 unit that is no surrogate.</summary>
    public static CodePointClass Of(char unit) => (CodePointClass)Basic[unit];

    /// <summary>The class of any code point.</summary>
    public static CodePointClass Of(int codePoint)
    {
        if (codePoint < 0x10000)
        {
            return (CodePointClass)Basic[codePoint];
        }

        int low = 0, high = Astral.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (codePoint < Astral[middle].First)
            {
                high = middle - 1;
            }
            else if (codePoint > Astral[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return Astral[middle].Class;
            }
        }

        return CodePointClass.Joined;
    }

    private static (int, int, CodePointClass)[] Build()
    {
        var astral = new List<(int First, int Last, CodePointClass Class)>();
        Add(CodePointRanges.Removed, CodePointClass.Removed);
        Add(CodePointRanges.Space, CodePointClass.Space);
        Add(CodePointRanges.Punctuation, CodePointClass.Punctuation);
        Add(CodePointRanges.Ideograph, CodePointClass.Ideograph);
        astral.Sort();
        return [.. astral];

        void Add(string ranges, CodePointClass @class)
        {
            foreach (var (first, last) in CodePointRanges.Parse(ranges))
            {
                if (first >= 0x10000)
                {
                    astral.Add((first, last, @class));
                    continue;
                }

                Basic.AsSpan(first, last - first + 1).Fill((byte)@class);
            }
        }
    }
}
