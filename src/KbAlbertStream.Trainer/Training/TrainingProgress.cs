namespace KbAlbertStream.Trainer.Training;

/// <summary>Prints plain lines of progress, one every so many batches.</summary>
internal sealed class TrainingProgress(TimeProvider time)
{
    private const int Every = 50;
    private readonly long _started = time.GetTimestamp();
    private double _sum;
    private int _count;

    /// <summary>Takes one report.</summary>
    public void Report(FineTuningReport report)
    {
        _sum += report.Loss;
        if (++_count == Every)
        {
            Console.WriteLine($"epoch {report.Epoch + 1} batch {report.Batch + 1}/{report.Batches} loss {_sum / _count:F3} "
                + $"after {time.GetElapsedTime(_started).TotalMinutes:F1} min");
            (_sum, _count) = (0, 0);
        }
    }
}
