using System.Globalization;

namespace KbAlbertStream.Trainer.Commands;

/// <summary>Progress as plain lines, at most one every so often: a log is read later and costs disk.</summary>
internal sealed class PlainProgress(TextWriter output, TimeProvider time, TimeSpan every)
{
    private long? _last;

    /// <summary>Writes a line unless one was written just before.</summary>
    public void Report(string name, double done, string words)
    {
        if (_last is { } last && time.GetElapsedTime(last) < every)
        {
            return;
        }

        _last = time.GetTimestamp();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {done:P1} {words}"));
    }
}
