using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Tests.Support;

namespace KbAlbertStream.Trainer.Tests.Checkpoints;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "b begins at byte 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "the tensors end at byte 8 of the data, but there are 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "the header is no JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-3],"data_offsets":[0,12]}}""", "a negative size")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3.5],"data_offsets":[0,12]}}""", "has the shape [3.5]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1e30],"data_offsets":[0,12]}}""", "has the shape [1e30]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3]}}""", "a has no data_offsets")]
    [InlineData("""{"a":{"dtype":7,"shape":[3],"data_offsets":[0,12]}}""", "a has no dtype")]
    [InlineData("""{"a":{"dtype":"f32","shape":[3],"data_offsets":[0,12]}}""", "has the unknown dtype f32")]
    [InlineData("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,12]}}""", "12 bytes, no multiple of 8")]
    [InlineData("""{"a\ud800":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "the header is no JSON")]
    [InlineData("""[1]""", "the header is no JSON object")]
    [InlineData("""{"__metadata__":[1]}""", "__metadata__ is no JSON object")]
    public void A_header_that_does_not_fit_its_file_is_refused(string header, string reason)
    {
        var error = Assert.Throws<CheckpointException>(
            () => SmallModel.Read(_folder, "model.safetensors", SmallModel.Safetensors(header, new byte[12])));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_as_deep_as_a_well_is_refused() => Assert.Throws<CheckpointException>(
        () => SmallModel.Read(_folder, "model.safetensors", SmallModel.Safetensors(new string('[', 100_000), [])));

    [Fact]
    public void A_part_must_be_a_file_of_the_folder()
    {
        File.WriteAllText(_folder.In("config.json"), FormulaFolder.SmallConfig);
        foreach (var part in (string[])["../secret", "/etc/passwd", "..", "", "a/b", "missing.safetensors"])
        {
            File.WriteAllText(_folder.In("model.safetensors.index.json"), $$$"""{"weight_map":{"a":"{{{part}}}"}}""");

            var error = Assert.Throws<CheckpointException>(() => CheckpointFolder.Open(_folder.Path));

            Assert.Contains(part == "missing.safetensors" ? "is missing" : "is no file of this folder", error.Message, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();
}
