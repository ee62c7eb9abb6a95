using KbAlbertStream.Core.Tokenization;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>Runs windows through the encoder, as many passes as the budget asks for.</summary>
internal sealed class WindowEncoder(EncoderSession session, Vocabulary vocabulary, PackingBudget budget)
{
    private readonly PackedBatch _batch = new();
    private float[][] _logits = []; // by head: (windows, labels)
    private int[] _lengths = [];

    /// <summary>What was done so far; texts are counted by the caller.</summary>
    public ScoringTotals Totals { get; private set; }

    /// <summary>The logits of a head for a window of the last call; valid until the next.</summary>
    public ReadOnlySpan<float> LogitsOf(int head, int window)
    {
        var labels = session.Heads[head].Labels;
        return _logits[head].AsSpan(window * labels, labels);
    }

    /// <summary>Runs all windows of the texts.</summary>
    public void Run(WindowedTexts texts)
    {
        var windows = texts.Windows;
        _logits = [.. session.Heads.Select(head => new float[windows.Count * head.Labels])];
        if (_lengths.Length < windows.Count)
        {
            _lengths = new int[2 * windows.Count];
        }

        for (var i = 0; i < windows.Count; i++)
        {
            _lengths[i] = windows[i].Length;
        }

        foreach (var members in TokenPacker.Cut(_lengths.AsSpan(0, windows.Count), budget))
        {
            Fill(texts, members);
            session.Run(_batch);
            Scatter(members);
        }
    }

    private void Fill(WindowedTexts texts, int[] members)
    {
        _batch.Start(members.Length, members.Max(i => _lengths[i]), members.Sum(i => _lengths[i]));
        foreach (var i in members)
        {
            _batch.Add(vocabulary.StartId, texts.IdsOf(texts.Windows[i]), vocabulary.SeparatorId);
        }

        Totals = new ScoringTotals(
            0,
            Totals.Windows + members.Length,
            Totals.Tokens + _batch.Tokens,
            Totals.AttentionSlots + _batch.PaddedRows.Length,
            Totals.Passes + 1);
    }

    private void Scatter(int[] members)
    {
        for (var head = 0; head < _logits.Length; head++)
        {
            var labels = session.Heads[head].Labels;
            for (var i = 0; i < members.Length; i++)
            {
                session.LogitsOf(head, i).CopyTo(_logits[head].AsSpan(members[i] * labels));
            }
        }
    }
}
