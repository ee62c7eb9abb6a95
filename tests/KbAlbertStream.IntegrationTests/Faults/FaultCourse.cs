using KbAlbertStream.IntegrationTests.Faults.Checking;
using KbAlbertStream.IntegrationTests.Faults.Reporting;

namespace KbAlbertStream.IntegrationTests.Faults;

/// <summary>How it goes with a fault, before the check.</summary>
internal sealed record FaultCourse(string Name, int Times)
{
    /// <summary>Seconds of every recovery so far.</summary>
    public List<double> Recoveries { get; } = [];

    /// <summary>How often workers were started again so far.</summary>
    public int Restarts { get; set; }

    public FaultLine With(Verdict? verdict, string? failure) =>
        new(Name, Recoveries.Count, Restarts, Recoveries, verdict, failure);
}
