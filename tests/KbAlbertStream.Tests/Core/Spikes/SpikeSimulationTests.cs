using KbAlbertStream.Benchmarks.Spikes;

namespace KbAlbertStream.Tests.Core.Spikes;

/// <summary>The simulation of docs/detector.md in small: fixed seeds, bounds wide enough for a change of the stream.</summary>
public sealed class SpikeSimulationTests
{
    [Theory]
    [InlineData(0.1, 1.5, 0.3, 0.9)]
    [InlineData(0.5, 1.5, 0.4, 0.9)]
    [InlineData(2, 1.5, 0.4, 0.7)]
    [InlineData(2, 3, 0.5, 0.3)]
    public void False_alarms_are_rare_and_spikes_of_ten_and_twenty_are_found(
        double perDay, double dispersion, double mostFalseAlarms, double leastFound)
    {
        var cell = SpikeCell.Run(new HourlyNews(perDay, dispersion, HasCycle: false), institutions: 12, seed: 7, 10, 20);

        Assert.InRange(cell.FalseAlarms, 0, mostFalseAlarms);
        Assert.InRange(cell.Found[10], leastFound, 1);
        Assert.InRange(cell.Found[20], 0.9, 1);
    }
}
