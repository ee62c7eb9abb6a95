using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace KbAlbertStream.Core.Text.Normalisation;

/// <summary>
/// Decodes character references, drops HTML tags, comments, scripts and invisible characters, and collapses white space.
/// </summary>
/// <remarks>
/// It works like a stack: characters are pushed to the output, and a ';' or '>' looks back there for what it ends.
/// So whatever only appears after a first step (<c>&amp;amp;lt;b&gt;</c>) is found too, and nothing is left to find.
/// Every look back is bounded: the time is linear.
/// </remarks>
internal ref struct MarkupStripper
{
    private const int LongestReference = 32;
    private const int LongestTag = 4096;
    private const int MostMarks = 32;
    private const char Strike = '\u0338';

    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
        [.. Enumerable.Range(0, 0x10000).Select(i => (char)i).Where(c => c is ';' or '>' || IsDropped(c) || IsSpace(c))
            .Where(c => c != ' ')]);

    private readonly Span<char> _output;
    private int _length;
    private int _openComment = -1;
    private int _openScript = -1;

    private MarkupStripper(Span<char> output) => _output = output;

    /// <summary>False when stripping would return the text as it is.</summary>
    public static bool NeedsWork(string text) =>
        text.Length > 0
        && (text[0] == ' ' || text[^1] == ' ' || text.AsSpan().ContainsAny(Suspicious)
            || text.Contains("  ", StringComparison.Ordinal));

    public static string Strip(string text)
    {
        // No reference is shorter than what it stands for, so the output never outgrows the input.
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        var stripper = new MarkupStripper(buffer);
        foreach (var c in text)
        {
            stripper.Push(c);
        }

        if (stripper._length > 0 && buffer[stripper._length - 1] == ' ')
        {
            stripper._length--;
        }

        var stripped = new string(buffer, 0, stripper._length);
        ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        return stripped;
    }

    private void Push(char c)
    {
        if (IsSpace(c))
        {
            if (_length > 0 && _output[_length - 1] != ' ')
            {
                _output[_length++] = ' ';
            }

            return;
        }

        if (IsDropped(c) || (c == Strike && TryStrike()) || (c == ';' && TryDecodeReference()) || (c == '>' && (TryDropComment() || TryDropTag())))
        {
            return;
        }

        _output[_length++] = c;
        if (c == '-' && _openComment < 0 && _output[.._length].EndsWith("<!--"))
        {
            _openComment = _length - 4;
        }
    }

    /// <summary>NFC would make one sign of '&lt;' and the stroke later, and it would have begun a tag until then.</summary>
    private bool TryStrike()
    {
        var sign = _length - 1;
        while (sign > 0 && sign > _length - MostMarks
            && CharUnicodeInfo.GetUnicodeCategory(_output[sign]) == UnicodeCategory.NonSpacingMark)
        {
            sign--;
        }

        if (sign < 0 || _output[sign] is not ('<' or '=' or '>'))
        {
            return false;
        }

        _output[sign] = _output[sign] == '<' ? '\u226E' : _output[sign] == '=' ? '\u2260' : '\u226F';
        return true;
    }

    private bool TryDecodeReference()
    {
        var written = _output[Math.Max(0, _length - LongestReference).._length];
        var start = written.LastIndexOf('&');
        if (start < 0 || start == written.Length - 1)
        {
            return false;
        }

        var reference = $"{written[start..]};";
        var decoded = WebUtility.HtmlDecode(reference);
        if (decoded == reference)
        {
            return false;
        }

        _length -= written.Length - start;
        foreach (var c in decoded is "\uFFFE" or "\uFFFF" ? "" : decoded.Normalize(NormalizationForm.FormC))
        {
            Push(c);
        }

        return true;
    }

    private bool TryDropComment()
    {
        if (_openComment < 0 || _openComment + 6 > _length || !_output[.._length].EndsWith("--"))
        {
            return false;
        }

        Truncate(_openComment);
        Push(' ');
        return true;
    }

    private bool TryDropTag()
    {
        var written = _output[Math.Max(0, _length - LongestTag).._length];
        var start = written.LastIndexOf('<');
        if (start < 0 || !HtmlTag.TryRead(written[(start + 1)..], out var tag))
        {
            return false;
        }

        var tagStart = _length - written.Length + start;
        if (tag.IsScript && tag.IsEnd && _openScript >= 0)
        {
            Truncate(Math.Min(_openScript, tagStart));
        }
        else
        {
            Truncate(tagStart);
            _openScript = tag.IsScript && !tag.IsEnd && _openScript < 0 ? _length : _openScript;
        }

        if (!tag.IsInline)
        {
            Push(' ');
        }

        return true;
    }

    private void Truncate(int length)
    {
        _length = length;
        _openComment = _openComment >= length ? -1 : _openComment;
        _openScript = _openScript >= length ? -1 : _openScript;
    }

    private static bool IsSpace(char c) => char.IsWhiteSpace(c);

    /// <summary>Control characters and the invisible ones that hide or reorder text; joiners of emoji stay.</summary>
    private static bool IsDropped(char c) =>
        char.IsControl(c)
        || c is '\u00AD' or '\u061C' or '\u180E' or '\u200B' or '\u200E' or '\u200F' or '\uFEFF'
        || c is >= '\u202A' and <= '\u202E'
        || c is >= '\u2060' and <= '\u206F'
        || c is >= '\uFFF9' and <= '\uFFFB';
}
