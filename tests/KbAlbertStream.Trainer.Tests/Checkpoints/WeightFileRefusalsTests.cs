using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Tests.Support;

namespace KbAlbertStream.Trainer.Tests.Checkpoints;

/// <summary>Weight files that lie, made here; the golden ones show the same for files of Transformers' own making.</summary>
public sealed class WeightFileRefusalsTests : IDisposable
{
    private const string Words = "albert.embeddings.word_embeddings.weight";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_storage_that_is_smaller_than_its_tensor_says_is_refused()
    {
        var entries = SmallModel.Entries();
        entries[0] = entries[0] with { Count = 1 << 30 };
        AssertRefused(TorchFileWriter.Zip(entries), "is said to hold 1073741824 values");
        AssertRefused(TorchFileWriter.Legacy(entries), "is said to hold 1073741824 values");

        entries = SmallModel.Entries();
        entries[0] = entries[0] with { Strides = [long.MaxValue, 1] };
        AssertRefused(TorchFileWriter.Zip(entries), Words);
        entries[0] = entries[0] with { Strides = [8, 1], Offset = 1 };
        AssertRefused(TorchFileWriter.Zip(entries), "from place 1 on, but its storage holds 320 values");
        entries[0] = entries[0] with { Strides = [0, 0], Offset = 0, Shape = [1L << 40, 1L << 40] };
        AssertRefused(TorchFileWriter.Zip(entries), "but its storage holds 320 values");
        entries[0] = entries[0] with { Strides = [-8, 1], Offset = 312, Shape = [40, 8] };
        AssertRefused(TorchFileWriter.Zip(entries), "a negative size, stride or offset");
    }

    [Fact]
    public void A_weight_of_another_shape_is_refused_before_anything_is_allocated() => AssertRefused(
        TorchFileWriter.Zip(SmallModel.Entries()),
        $"{Words} is [40,8], but config.json asks for [16777216,8]",
        SmallModel.Config("vocab_size", 1 << 24));

    [Fact]
    public void A_configuration_of_a_far_larger_model_is_refused() => AssertRefused(
        TorchFileWriter.Zip(SmallModel.Entries()),
        "most of the model is not there (first missing: albert.encoder.albert_layer_groups.0.albert_layers.2.attention.query.weight)",
        SmallModel.Config("inner_group_num", 1000));

    [Fact]
    public void A_file_with_nothing_of_the_model_is_refused() => AssertRefused(
        TorchFileWriter.Zip([TorchFileWriter.Floats("albert.other.weight", new float[100_000], 100_000)]),
        "none of the model's weights is there");

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "exec")]
    [InlineData("torch", "load")]
    [InlineData("torch.storage", "_load_from_bytes")]
    [InlineData("collections", "OrderedDict.fromkeys")]
    [InlineData("torch._utils", "_rebuild_device_tensor_from_numpy")]
    public void No_other_name_is_looked_up(string module, string name)
    {
        byte[] pickle =
        [
            0x80, 2, (byte)'}', .. TorchFileWriter.Text("x"), .. TorchFileWriter.Global(module, name), .. TorchFileWriter.Text("echo"),
            0x85, (byte)'R', (byte)'s', (byte)'.',
        ];

        AssertRefused(TorchFileWriter.Zip(pickle, []), $"asks for {module}.{name}");
    }

    [Fact]
    public void Allowed_names_cannot_be_called_with_something_else()
    {
        byte[] pickle =
        [
            0x80, 2, (byte)'}', .. TorchFileWriter.Text("x"), .. TorchFileWriter.Global("torch", "FloatStorage"),
            .. TorchFileWriter.Text("path"), 0x85, (byte)'R', (byte)'s', (byte)'.',
        ];

        AssertRefused(TorchFileWriter.Zip(pickle, []), "gives Storage arguments of other kinds than torch does");
    }

    [Fact]
    public void A_pickle_that_only_makes_values_ends() =>
        AssertRefused(TorchFileWriter.Zip([0x80, 2, .. Enumerable.Repeat((byte)'N', 3_000_000)], []), "makes more than 1000000 values");

    [Fact]
    public void What_torch_does_not_write_is_told_apart()
    {
        var entries = SmallModel.Entries();
        var pickle = TorchFileWriter.StateDict(entries, legacy: false);
        var values = entries.Select(entry => entry.Values).ToList();

        AssertRefused(TorchFileWriter.Zip(pickle, values, byteOrder: "big"), "byte order big");
        AssertRefused(TorchFileWriter.Zip(pickle, values, compression: System.IO.Compression.CompressionLevel.Fastest), "is compressed");
        AssertRefused(TorchFileWriter.Zip(pickle, values[..^1]), "is missing in the zip archive");
        AssertRefused("<!DOCTYPE html><html>"u8.ToArray(), "a web page and not the weights");
        AssertRefused("state dict"u8.ToArray(), "neither a zip archive nor a pickle");
        AssertRefused([0x80, 2, (byte)'N', (byte)'.'], "not one that torch.save wrote");
    }

    public void Dispose() => _folder.Dispose();

    private void AssertRefused(byte[] file, string reason, string config = FormulaFolder.SmallConfig)
    {
        var error = Assert.Throws<CheckpointException>(() => SmallModel.Read(_folder, "pytorch_model.bin", file, config));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
