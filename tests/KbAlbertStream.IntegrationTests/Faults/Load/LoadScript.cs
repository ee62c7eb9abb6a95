namespace KbAlbertStream.IntegrationTests.Faults.Load;

/// <summary>
/// What is sent, one message after the other: calm texts, some that count, copies of them, poison, and every so often a
/// spike about the next institution. The same seed gives the same messages.
/// </summary>
/// <remarks>
/// All that counts against an institution stands in one partition, as with a producer that keys by institution: its
/// order, and with it the text that decides an alert, is the log's and not a matter of which worker was slower.
/// </remarks>
internal sealed class LoadScript(StoryTexts texts, int seed, TimeSpan step)
{
    /// <summary>Messages from the begin of one spike to that of the next.</summary>
    public const int SpikeEvery = 160;

    private const int SpikeTexts = 8;
    private const int SpikeSpacing = 3;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);
    private readonly List<(int Institution, string Title)> _said = [];
    private int _number;

    /// <summary>The event time of the last message.</summary>
    public DateTimeOffset Now => Start + (step * _number);

    public Planned Next()
    {
        var number = _number++;
        var at = Now - TimeSpan.FromSeconds(_random.Next(120));
        var id = $"m{number}";
        var (spike, place) = (number / SpikeEvery, number % SpikeEvery);
        if (place % SpikeSpacing == 0 && place / SpikeSpacing < SpikeTexts)
        {
            return About(spike % texts.Negative.Count, place / SpikeSpacing, id, at);
        }

        return _random.Next(100) switch
        {
            < 4 => Planned.Poison(id, _random.Next(2) == 0, _random.Next(100), at, _random.Next(100)),
            < 6 => About(_random.Next(texts.Negative.Count), 8 + _random.Next(2), id, at),
            < 8 when _said.Count > 0 => Copy(id, at),
            < 70 => Planned.News(id, _random.Next(100), at, Calm(), $"신문{_random.Next(9)}"),
            _ => Planned.Complaint(id, _random.Next(100), at, Calm(), "app"),
        };
    }

    private string Calm() => texts.Calm[_random.Next(texts.Calm.Length)];

    private Planned Copy(string id, DateTimeOffset at)
    {
        var (institution, title) = _said[^(1 + _random.Next(Math.Min(20, _said.Count)))];
        return Say(institution, title, id, at, "베낀신문");
    }

    private Planned About(int institution, int which, string id, DateTimeOffset at)
    {
        var title = texts.Negative[institution][which];
        _said.Add((institution, title));
        return Say(institution, title, id, at, $"신문{which}");
    }

    // Half of the institutions are in the news, the others are complained about.
    private static Planned Say(int institution, string title, string id, DateTimeOffset at, string source) =>
        institution % 2 == 0
            ? Planned.News(id, institution / 2, at, title, source)
            : Planned.Complaint(id, institution / 2, at, title, source);
}
