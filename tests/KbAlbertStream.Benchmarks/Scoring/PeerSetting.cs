using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace KbAlbertStream.Benchmarks.Scoring;

/// <summary>One way at one setting, and the best time it took for all texts.</summary>
internal sealed class PeerSetting(
    string way, string name, InferenceSession session, List<Dictionary<string, OrtValue>> passes) : IDisposable
{
    private readonly RunOptions _run = new();

    public string Way { get; } = way;

    public string Name { get; } = name;

    /// <summary>Of the fastest round.</summary>
    public double Seconds { get; private set; } = double.MaxValue;

    /// <summary>Computes every pass once.</summary>
    public void Run(bool isWarmUp, params string[] outputs)
    {
        var since = Stopwatch.GetTimestamp();
        foreach (var pass in passes)
        {
            using var logits = session.Run(_run, pass, outputs);
        }

        Seconds = isWarmUp ? Seconds : Math.Min(Seconds, Stopwatch.GetElapsedTime(since).TotalSeconds);
    }

    public void Dispose()
    {
        passes.ForEach(pass => Array.ForEach([.. pass.Values], value => value.Dispose()));
        _run.Dispose();
    }
}
