using System.Diagnostics;
using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Tests.Support;

namespace KbAlbertStream.Trainer.Tests.Checkpoints;

public sealed class GoldenRefusalsTests
{
    [Theory]
    [InlineData("calls-eval.bin", "asks for __builtin__.eval")]
    [InlineData("calls-os-getcwd.bin", "asks for posix.getcwd")]
    [InlineData("calls-print.bin", "asks for __builtin__.print")]
    [InlineData("legacy-calls-print.bin", "asks for __builtin__.print")]
    [InlineData("whole-module.bin", "asks for torch.nn.modules.linear.Linear")]
    [InlineData("empty.bin", "the file is empty")]
    [InlineData("text.bin", "a pointer of Git LFS")]
    [InlineData("truncated.bin", "it is cut off")]
    [InlineData("legacy-truncated.bin", "values, but")]
    [InlineData("header-longer-than-file.safetensors", "the header is said to have 1099511627776 bytes")]
    [InlineData("header-not-json.safetensors", "the header is no JSON")]
    [InlineData("offset-negative.safetensors", "has the data_offsets [-4,4]")]
    [InlineData("offset-past-end.safetensors", "is not inside the file's 61593 bytes")]
    [InlineData("shape-does-not-fit.safetensors", "is [7,7] from place 0 on, but its storage holds 16 values")]
    [InlineData("shape-overflows.safetensors", "is [2147483648,2147483648,4]")]
    [InlineData("truncated-body.safetensors", "is not inside the file's 61521 bytes")]
    [InlineData("unknown-dtype.safetensors", "has the unknown dtype F7")]
    [InlineData("wrong-shape-for-model.safetensors", "but config.json asks for")]
    public void A_file_that_lies_is_refused_at_once_with_the_reason(string name, string reason)
    {
        using var folder = new TemporaryFolder();
        var target = name.EndsWith(".bin", StringComparison.Ordinal) ? "pytorch_model.bin" : "model.safetensors";
        File.Copy(GoldenFiles.PathOf("refuse", name), folder.In(target));

        // This one is in order and has tiny-gelu-new's shapes: it is wrong for every other model only.
        string[] config = name.StartsWith("wrong-shape", StringComparison.Ordinal) ? ["training", "start"] : ["tiny-gelu-new"];
        File.Copy(GoldenFiles.PathOf([.. config, "config.json"]), folder.In("config.json"));
        using var console = new StringWriter();
        var (output, allocated, started) = (Console.Out, GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        Console.SetOut(console);
        try
        {
            var error = Assert.Throws<CheckpointException>(
                () => AlbertForSequenceClassification.FromPretrained(folder.Path));

            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Console.SetOut(output);
        }

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 1);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 4 << 20);
        Assert.Empty(console.ToString());
    }

    [Fact]
    public void Every_file_that_must_be_refused_has_a_test() => Assert.Equal(
        Directory.GetFiles(GoldenFiles.PathOf("refuse")).Length,
        typeof(GoldenRefusalsTests).GetMethod(nameof(A_file_that_lies_is_refused_at_once_with_the_reason))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Length);
}
