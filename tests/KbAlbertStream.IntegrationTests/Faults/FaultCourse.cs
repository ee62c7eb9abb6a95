using KbAlbertStream.IntegrationTests.Faults.Checking;
using KbAlbertStream.IntegrationTests.Faults.Reporting;

namespace KbAlbertStream.IntegrationTests.Faults;

/// <summary>How it went with a fault, before the check.</summary>
internal sealed record FaultCourse(string Name, int Times, int Restarts, IReadOnlyList<double> Recoveries)
{
    public FaultLine With(Verdict? verdict, string? failure = null) =>
        new(Name, Times, Restarts, Recoveries, verdict, failure);
}
