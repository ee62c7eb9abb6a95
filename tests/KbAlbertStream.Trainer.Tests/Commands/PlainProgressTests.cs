using KbAlbertStream.Trainer.Commands;
using Microsoft.Extensions.Time.Testing;

namespace KbAlbertStream.Trainer.Tests.Commands;

public sealed class PlainProgressTests
{
    [Fact]
    public void A_line_comes_at_once_and_then_at_most_one_every_so_often()
    {
        var time = new FakeTimeProvider();
        using var output = new StringWriter();
        var progress = new PlainProgress(output, time, TimeSpan.FromSeconds(20));

        progress.Report("training", 0, "a");
        progress.Report("training", 0.1, "b");
        time.Advance(TimeSpan.FromSeconds(20));
        progress.Report("training", 0.256, "c");

        Assert.Equal($"training 0.0 % a{Environment.NewLine}training 25.6 % c{Environment.NewLine}", output.ToString());
    }
}
