namespace KbAlbertStream.Demo.Samples;

/// <summary>One line of a stream and the event time that orders it.</summary>
internal readonly record struct SampleLine(DateTimeOffset At, string Json);
