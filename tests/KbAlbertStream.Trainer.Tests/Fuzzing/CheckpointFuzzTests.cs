using System.Diagnostics;
using System.Globalization;
using System.Text;
using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Tests.Support;

namespace KbAlbertStream.Trainer.Tests.Fuzzing;

/// <summary>
/// Damaged folders: each is read, or refused with one kind of exception that says why; quickly, with little memory, and
/// nothing in it is run. <c>KBAS_TEST_FUZZ_FILES</c> says how many (1,500 when it is not set).
/// </summary>
public sealed class CheckpointFuzzTests : IDisposable
{
    private const int Short = 1500;
    private const long MostAllocated = 16 << 20;
    private static readonly int Files = int.Parse(
        Environment.GetEnvironmentVariable("KBAS_TEST_FUZZ_FILES") ?? $"{Short}", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();
    private readonly TorchFileWriter.Entry[] _entries = SmallModel.Entries();
    private readonly byte[] _zip, _legacy, _safetensors;
    private readonly string _header;
    private readonly long _values;

    public CheckpointFuzzTests()
    {
        _values = _entries.Sum(entry => entry.Count);
        _zip = TorchFileWriter.Zip(_entries);
        _legacy = TorchFileWriter.Legacy(_entries);
        FormulaFolder.Write(_folder.Path);
        _safetensors = File.ReadAllBytes(_folder.In("model.safetensors"));
        _header = Encoding.UTF8.GetString(_safetensors.AsSpan(8, BitConverter.ToInt32(_safetensors)));
        File.Delete(_folder.In("model.safetensors"));
    }

    [Fact]
    public void A_damaged_folder_is_read_or_refused_with_the_reason()
    {
        var (read, refused) = (0, new HashSet<string>());
        for (var seed = 0; seed < Files; seed++)
        {
            foreach (var (name, content) in Damaged(seed))
            {
                File.WriteAllBytes(_folder.In(name), content);
            }

            var (allocated, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            try
            {
                using var model = AlbertForSequenceClassification.FromPretrained(_folder.Path);
                read++;

                // What is missing begins anew: at most as much as is there.
                Assert.InRange(model.Weights.ByName.Values.Sum(weight => weight.numel()), 1, 2 * _values);
            }
            catch (CheckpointException error)
            {
                // The message without the folder's name: how many different ones there are is a measure of depth.
                Assert.StartsWith(_folder.Path, error.Message, StringComparison.Ordinal);
                refused.Add(new string([.. error.Message[_folder.Path.Length..].Where(c => !char.IsAsciiDigit(c))]));
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}: {error}");
            }

            Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds < 2, $"seed {seed} took long");
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - allocated < MostAllocated, $"seed {seed} allocated much");
            Assert.False(File.Exists("ran") || File.Exists(_folder.In("ran")), $"seed {seed} ran a command");
            foreach (var file in Directory.GetFiles(_folder.Path))
            {
                File.Delete(file);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Files} folders: {read} read, {refused.Count} different reasons to refuse");
        Assert.InRange(read, Files / 50, Files * 9 / 10);
        Assert.True(refused.Count > 50, $"only {refused.Count} different reasons");
    }

    [Fact]
    public void Without_damage_every_form_is_read()
    {
        foreach (var (name, content) in (IEnumerable<(string, byte[])>)
            [("pytorch_model.bin", _legacy), ("pytorch_model.bin", _zip), ("model.safetensors.index.json", Encoding.UTF8.GetBytes(Index()))])
        {
            File.WriteAllBytes(_folder.In("part.safetensors"), _safetensors);

            using var model = SmallModel.Read(_folder, name, content);

            Assert.Empty(model.Report!.Initialised.Concat(model.Report.Skipped));
            File.Delete(_folder.In(name));
        }
    }

    public void Dispose() => _folder.Dispose();

    private IEnumerable<(string Name, byte[] Content)> Damaged(int seed)
    {
        var random = new Random(seed);
        var mutator = new FileMutator(random);
        var config = FormulaFolder.SmallConfig;
        (string, byte[]) weights = (seed % 9) switch
        {
            0 => ("pytorch_model.bin", mutator.Bytes(_zip)),
            1 => ("pytorch_model.bin", mutator.Tail(_zip, 3000)),
            2 => ("pytorch_model.bin", TorchFileWriter.Zip(
                mutator.Pickle(TorchFileWriter.StateDict(_entries, legacy: false)), _entries.Select(entry => entry.Values))),
            3 => ("pytorch_model.bin", random.Next(2) == 0 ? TorchFileWriter.Zip(Lying()) : TorchFileWriter.Legacy(Lying())),
            4 => ("pytorch_model.bin", random.Next(2) == 0
                ? mutator.Bytes(_legacy)
                : [.. mutator.Pickle(_legacy[..4000]), .. _legacy[4000..]]),
            5 => ("model.safetensors", mutator.Bytes(_safetensors)),
            6 => ("model.safetensors", SmallModel.Safetensors(mutator.Json(_header), _safetensors[(8 + _header.Length)..])),
            7 => ("model.safetensors.index.json", Encoding.UTF8.GetBytes(mutator.Json(Index()))),
            _ => ("model.safetensors", _safetensors),
        };
        if (seed % 9 is 7)
        {
            yield return ("part.safetensors", _safetensors);
        }

        yield return weights;
        yield return ("config.json", Encoding.UTF8.GetBytes(seed % 9 is 8 ? mutator.Json(config) : config));

        TorchFileWriter.Entry[] Lying()
        {
            var entries = _entries.ToArray();
            var at = random.Next(entries.Length);
            entries[at] = mutator.Tensor(entries[at]);
            return entries;
        }
    }

    private string Index() =>
        $$$"""{"metadata":{},"weight_map":{{{{string.Join(',', _entries.Select(entry => $"\"{entry.Name}\":\"part.safetensors\""))}}}}}""";
}
