using KbAlbertStream.Core.Tokenization;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>The tokens of a list of texts and the windows they are read in. Filled again for every list.</summary>
internal sealed class WindowedTexts(ITokenizer tokenizer, int maxLength)
{
    private readonly TokenBuffer _tokens = new();
    private readonly List<TextWindow> _windows = [];
    private readonly List<int> _firstWindows = [];

    /// <summary>All windows, those of a text side by side; their token places count from the first text.</summary>
    public IReadOnlyList<TextWindow> Windows => _windows;

    /// <summary>The windows of a text.</summary>
    public Range WindowsOf(int text) =>
        _firstWindows[text]..(text + 1 < _firstWindows.Count ? _firstWindows[text + 1] : _windows.Count);

    /// <summary>The ids of a window, without [CLS] and [SEP].</summary>
    public ReadOnlySpan<int> IdsOf(TextWindow window) => _tokens.Ids.Slice(window.Start, window.Count);

    /// <summary>Where a window's characters stand in its text.</summary>
    public Range CharactersOf(TextWindow window) => window.CharactersOf(_tokens);

    /// <summary>Where a window's tokens begin in its text.</summary>
    public ReadOnlySpan<int> StartsOf(TextWindow window) => _tokens.Starts.Slice(window.Start, window.Count);

    /// <summary>Tokenises texts and cuts them into windows, or down to one.</summary>
    public void Read(IReadOnlyList<string> texts, LongTexts longTexts)
    {
        _tokens.Clear();
        _windows.Clear();
        _firstWindows.Clear();
        foreach (var text in texts)
        {
            var first = _tokens.Count;
            tokenizer.Encode(text, _tokens);
            _firstWindows.Add(_windows.Count);
            var count = _tokens.Count - first;
            if (longTexts == LongTexts.Truncate)
            {
                count = Math.Min(count, TextWindows.Capacity(maxLength));
            }

            TextWindows.Split(first, count, maxLength, _windows);
        }
    }
}
