using System.Globalization;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Benchmarks.Spikes;

/// <summary>What the detector takes for every text that it remembers, and how long a text of a busy institution takes.</summary>
internal static class DetectorMemory
{
    private const int Institutions = 40;
    private const int BusyTexts = 100_000;
    private const int Timed = 2_000;

    private static readonly TimeSpan Remembered = SpikeDetector.Memory;

    /// <summary>Prints both.</summary>
    public static int Run(int texts)
    {
        PrintBytes(texts);
        PrintTimes();
        return 0;
    }

    private static void PrintBytes(int texts)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var remembered = StoredTexts.Of(0, texts, Institutions, StoredTexts.Start, Remembered);
        var detector = Restore(remembered, Institutions, texts);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(detector);
        Print($"{texts} texts of {Institutions} institutions: {(after - before) / (double)texts:0} bytes a text");
    }

    private static void PrintTimes()
    {
        var detector = Restore(StoredTexts.Of(0, BusyTexts, 1, StoredTexts.Start, Remembered), 1, BusyTexts);
        var distance = Remembered / BusyTexts;
        SeenText[] next =
            [.. StoredTexts.Of(BusyTexts, 2 * Timed, 1, StoredTexts.Start + Remembered, 2 * Timed * distance)];
        Array.ForEach(next[..Timed], text => detector.Look(text));
        var looking = CpuOf(() => Array.ForEach(next[Timed..], text => detector.Look(text)));
        Print($"an institution with {BusyTexts} texts: {looking / Timed:0} us of processor time for a new text");
        var series = next[0].Series;
        string[] forgotten = [.. Enumerable.Range(0, Timed).Select(i => StoredTexts.IdOf((i * 37 % BusyTexts) + 1))];
        var forgetting = CpuOf(() => Array.ForEach(forgotten, id => detector.Retract(series, id)));
        Print($"and {forgetting / Timed:0.0} us to forget one");
    }

    // Processor time, because the machine may have other work.
    private static double CpuOf(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds;
    }

    // With levels at which as many texts are normal: an alert would be counted at every step as well.
    private static SpikeDetector Restore(IEnumerable<SeenText> texts, int institutions, int count)
    {
        var until = StoredTexts.Start + Remembered;
        var hours = 24.0 * 28;
        var level = new Level(count / institutions / Remembered.TotalHours * hours, hours, 0, 1);
        return new SpikeDetector(SpikeRules.Default, new DetectorSnapshot(
            until,
            [
                .. Enumerable.Range(0, institutions).Select(i => new SeriesState(
                    new SeriesKey(MessageKind.News, $"institution_{i:00}"), level, StoredTexts.Start.AddDays(-60),
                    KoreanDay.Of(until), null)),
            ],
            [.. texts]));
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
