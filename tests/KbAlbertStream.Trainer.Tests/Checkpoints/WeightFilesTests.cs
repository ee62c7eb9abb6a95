using System.Text;
using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Tests.Support;
using TorchSharp;

namespace KbAlbertStream.Trainer.Tests.Checkpoints;

/// <summary>Every form of a weight file with small data of our own; the golden files show the same for Transformers'.</summary>
public sealed class WeightFilesTests : IDisposable
{
    private const string Words = "albert.embeddings.word_embeddings.weight";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_zip_and_the_legacy_format_give_every_value()
    {
        AssertWeights(TorchFileWriter.Zip(SmallModel.Entries()));
        AssertWeights(TorchFileWriter.Legacy(SmallModel.Entries()));
    }

    [Fact]
    public void A_zip_archive_with_wide_numbers_is_read() =>
        AssertWeights(TorchFileWriter.Wide(TorchFileWriter.Zip(SmallModel.Entries())));

    [Fact]
    public void Weights_in_several_parts_are_read()
    {
        var entries = SmallModel.Entries();
        File.WriteAllBytes(_folder.In("a.bin"), TorchFileWriter.Zip(entries[..7]));
        File.WriteAllBytes(_folder.In("b.bin"), TorchFileWriter.Legacy(entries[7..]));
        var map = entries.Select((entry, i) => $"\"{entry.Name}\": \"{(i < 7 ? "a" : "b")}.bin\"");

        AssertWeights(Encoding.UTF8.GetBytes($"{{\"weight_map\": {{{string.Join(',', map)}}}}}"), name: "pytorch_model.bin.index.json");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reading_takes_less_memory_than_twice_the_file(bool transposed)
    {
        const int rows = 60_000;
        var entries = SmallModel.Entries();
        entries[0] = TorchFileWriter.Floats(entries[0].Name, new float[rows * 8], rows, 8) with
        {
            Strides = transposed ? [1, rows] : [8, 1],
        };
        var file = TorchFileWriter.Zip(entries);
        var (allocated, tensors) = (GC.GetAllocatedBytesForCurrentThread(), DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
        using var model = SmallModel.Read(_folder, "pytorch_model.bin", file, SmallModel.Config("vocab_size", rows));

        // The model itself lies in torch's memory; what is allocated here besides is for reading.
        var held = model.Weights.ByName.Values.Sum(weight => weight.numel() * sizeof(float));
        var reading = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.InRange(held + reading, file.Length / 2, (2 * file.Length) + (1 << 19));
        Assert.InRange(
            DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount - tensors, 0, model.Weights.ByName.Count);
    }

    [Fact]
    public void Strides_and_offsets_are_honoured()
    {
        var entries = SmallModel.Entries();
        for (var i = 0; i < entries.Length; i++)
        {
            var weight = SmallModel.Weights()[i];
            if (weight.Shape is [var rows, var columns])
            {
                // Stored column by column, after three values that belong to nobody.
                var values = new float[weight.Values.Length + 3];
                for (var at = 0; at < weight.Values.Length; at++)
                {
                    values[3 + (at % columns * rows) + (at / columns)] = weight.Values[at];
                }

                entries[i] = entries[i] with
                {
                    Values = TorchFileWriter.Bytes(values),
                    Count = values.Length,
                    Offset = 3,
                    Strides = [1, rows],
                };
            }
        }

        AssertWeights(TorchFileWriter.Zip(entries));
        AssertWeights(TorchFileWriter.Legacy(entries));
    }

    [Theory]
    [InlineData("DoubleStorage", 0f)]
    [InlineData("HalfStorage", 1e-3f)]
    [InlineData("BFloat16Storage", 8e-3f)]
    public void Other_precisions_are_read_as_the_nearest_float32(string storage, float tolerance)
    {
        byte[] Bytes(float value) => storage switch
        {
            "DoubleStorage" => BitConverter.GetBytes((double)value),
            "HalfStorage" => BitConverter.GetBytes((Half)value),
            _ => BitConverter.GetBytes(value)[2..],
        };
        var entries = SmallModel.Entries().Zip(SmallModel.Weights(), (entry, weight) =>
            entry with { Storage = storage, Values = [.. weight.Values.SelectMany(Bytes)] });

        AssertWeights(TorchFileWriter.Zip([.. entries]), tolerance);
    }

    [Fact]
    public void Old_names_bare_names_and_tied_names_are_understood()
    {
        var old = SmallModel.Entries().Select(entry => entry with
        {
            Name = entry.Name.Replace("albert.", "", StringComparison.Ordinal)
                .Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal)
                .Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal),
        });
        AssertWeights(TorchFileWriter.Zip([.. old]));

        var tied = SmallModel.Entries().Select(entry => entry.Name == Words ? entry with { Name = "predictions.decoder.weight" } : entry);
        AssertWeights(TorchFileWriter.Zip([.. tied]));
    }

    [Fact]
    public void What_is_left_over_and_what_is_missing_is_named()
    {
        var entries = SmallModel.Entries().Where(entry => !entry.Name.StartsWith("classifier", StringComparison.Ordinal)).ToList();
        entries.Add(new("albert.embeddings.position_ids", "LongStorage", new byte[16], 2, 0, [1, 2], [2, 1]));
        using var model = SmallModel.Read(_folder, "pytorch_model.bin", TorchFileWriter.Zip(entries));

        Assert.Equal(["albert.embeddings.position_ids"], model.Report!.Skipped);
        Assert.Equal(["classifier.weight", "classifier.bias"], model.Report.Initialised);
    }

    public void Dispose() => _folder.Dispose();

    private void AssertWeights(byte[] file, float tolerance = 0, string name = "pytorch_model.bin")
    {
        using var model = SmallModel.Read(_folder, name, file);
        Assert.Empty(model.Report!.Initialised.Concat(model.Report.Skipped));
        foreach (var (weight, shape, values) in SmallModel.Weights())
        {
            Assert.Equal(shape, model.Weights.ByName[weight].shape);
            var actual = model.Weights.ByName[weight].data<float>().ToArray();
            Assert.All(values.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance * Math.Max(1e-3f, Math.Abs(pair.First))));
        }
    }
}
