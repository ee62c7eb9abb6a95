namespace KbAlbertStream.Trainer.Training;

/// <summary>Sums up losses between two reports.</summary>
internal sealed class PretrainingLosses
{
    private double _words, _tones;
    private long _wordSteps, _toneSteps, _tokens;

    public void Add(double words, double? tones, int tokens)
    {
        _words += words;
        _wordSteps++;
        _tones += tones ?? 0;
        _toneSteps += tones is null ? 0 : 1;
        _tokens += tokens;
    }

    public PretrainingReport Report(long step, double progress, double rate, TimeSpan elapsed)
    {
        var report = new PretrainingReport(
            step, progress, rate, _words / _wordSteps, _tones / Math.Max(1, _toneSteps), _tokens / elapsed.TotalSeconds);
        (_words, _tones, _wordSteps, _toneSteps) = (0, 0, 0, 0);
        return report;
    }
}
