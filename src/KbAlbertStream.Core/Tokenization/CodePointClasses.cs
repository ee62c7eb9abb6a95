using System.Buffers;
using System.Text;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>The class of every code point: one load for the basic plane, a short search beyond it.</summary>
internal sealed class CodePointClasses
{
    private readonly byte[] _basic = new byte[0x10000];
    private readonly (int First, int Last, CodePointClass Class)[] _astral;

    private CodePointClasses(CodePointClass loneSurrogate, params (string Ranges, CodePointClass Class)[] lists)
    {
        _basic.AsSpan(0xD800, 0x800).Fill((byte)loneSurrogate);
        var astral = new List<(int First, int Last, CodePointClass Class)>();
        foreach (var (ranges, @class) in lists)
        {
            foreach (var (first, last) in CodePointRanges.Parse(ranges))
            {
                if (first >= 0x10000)
                {
                    astral.Add((first, last, @class));
                    continue;
                }

                _basic.AsSpan(first, last - first + 1).Fill((byte)@class);
            }
        }

        astral.Sort();
        _astral = [.. astral];
    }

    /// <summary>As BERT has them, every ideograph alone. A lone surrogate counts as U+FFFD, which is removed.</summary>
    public static CodePointClasses Bert { get; } = new(
        CodePointClass.Removed,
        (CodePointRanges.Removed, CodePointClass.Removed),
        (CodePointRanges.Space, CodePointClass.Space),
        (CodePointRanges.Punctuation, CodePointClass.Punctuation),
        (CodePointRanges.Ideograph, CodePointClass.Ideograph));

    /// <summary>As BERT has them with <c>tokenize_chinese_chars</c> off.</summary>
    public static CodePointClasses BertJoiningIdeographs { get; } = new(
        CodePointClass.Removed,
        (CodePointRanges.Removed, CodePointClass.Removed),
        (CodePointRanges.Space, CodePointClass.Space),
        (CodePointRanges.Punctuation, CodePointClass.Punctuation));

    /// <summary>As KB-ALBERT-CHAR-v1 has them: white space, and everything else.</summary>
    public static CodePointClasses KbCharV1 { get; } =
        new(CodePointClass.Joined, (CodePointRanges.KbCharV1Space, CodePointClass.Space));

    /// <summary>The class of a UTF-16 unit; of a surrogate, that of one alone.</summary>
    public CodePointClass Of(char unit) => (CodePointClass)_basic[unit];

    /// <summary>The class of any code point.</summary>
    public CodePointClass Of(int codePoint)
    {
        if (codePoint < 0x10000)
        {
            return (CodePointClass)_basic[codePoint];
        }

        int low = 0, high = _astral.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (codePoint < _astral[middle].First)
            {
                high = middle - 1;
            }
            else if (codePoint > _astral[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return _astral[middle].Class;
            }
        }

        return CodePointClass.Joined;
    }

    /// <summary>The class of the code point at a place, and its length in UTF-16 units.</summary>
    public CodePointClass At(ReadOnlySpan<char> text, int index, out int length)
    {
        var unit = text[index];
        length = 1;
        if (!char.IsSurrogate(unit))
        {
            return Of(unit);
        }

        return Rune.DecodeFromUtf16(text[index..], out var rune, out length) == OperationStatus.Done
            ? Of(rune.Value)
            : Of(unit);
    }
}
