namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>The two topics of one measurement.</summary>
internal sealed record BenchTopics(string News, string Complaints)
{
    /// <summary>Topics whose names start with a word.</summary>
    public static BenchTopics Of(string name) => new($"{name}.news", $"{name}.complaints");
}
