using KbAlbertStream.Core.Tokenization;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>Runs windows through the encoder, as many passes as the budget asks for.</summary>
/// <param name="session">Runs them.</param>
/// <param name="vocabulary">Knows the special tokens.</param>
/// <param name="budget">What a pass may hold.</param>
/// <param name="cuts">By head: the logits from which on a label is chosen, so that what the tokens add is kept.</param>
internal sealed class WindowEncoder(
    EncoderSession session, Vocabulary vocabulary, PackingBudget budget, float[][] cuts)
{
    // Rounding may choose a label a hair below its cut.
    private const float Slack = 1e-3f;

    private readonly Dictionary<(int Head, int Window, int Label), float[]> _contributions = [];
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

    /// <summary>
    /// What each token of a window, [CLS] and [SEP] left out, adds to a label that the window chooses; null when the graph
    /// does not tell.
    /// </summary>
    public float[]? ContributionsOf(int head, int window, int label) =>
        _contributions.GetValueOrDefault((head, window, label));

    /// <summary>Runs all windows of the texts.</summary>
    public void Run(WindowedTexts texts)
    {
        var windows = texts.Windows;
        _contributions.Clear();
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
        _batch.Start(session.ShapeOf(members.Length, members.Max(i => _lengths[i])), members.Sum(i => _lengths[i]));
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
                KeepContributions(head, i, members[i]);
            }
        }
    }

    private void KeepContributions(int head, int text, int window)
    {
        for (var label = 0; label < cuts[head].Length; label++)
        {
            if (!(session.LogitsOf(head, text)[label] >= cuts[head][label] - Slack))
            {
                continue;
            }

            var contributions = new float[_lengths[window]];
            if (session.TryGetContributions(head, text, label, contributions))
            {
                _contributions[(head, window, label)] = contributions[1..^1];
            }
        }
    }
}
