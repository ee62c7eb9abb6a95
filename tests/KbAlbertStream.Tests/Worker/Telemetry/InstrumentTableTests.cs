using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using KbAlbertStream.Tests.Support;
using KbAlbertStream.Worker.Alerting;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace KbAlbertStream.Tests.Worker.Telemetry;

public sealed partial class InstrumentTableTests
{
    [Fact]
    public void The_table_of_metrics_lists_exactly_the_instruments_that_exist()
    {
        var documented = Row().Matches(File.ReadAllText(Repository.PathOf("docs", "observability.md")))
            .Select(row => (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value)).Order().ToArray();

        Assert.Equal(documented, Instruments().Order().ToArray());
    }

    private static List<(string Name, string Kind, string Unit)> Instruments()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var found = new List<(string, string, string)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope == factory)
            {
                found.Add((instrument.Name, KindOf(instrument), instrument.Unit ?? ""));
            }
        };
        listener.Start();
        using var worker = new WorkerMetrics(factory, new Progress(TimeProvider.System), TimeProvider.System);
        using var alerting = new AlertingMetrics(factory);
        return found;
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "Histogram" => "histogram",
        _ => "gauge",
    };

    [GeneratedRegex(@"(?m)^\| `(kbas\.[a-z._]+)` \| (counter|gauge|histogram) \| ([^ |]+) \|")]
    private static partial Regex Row();
}
