using System.Text.Json;
using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Modelling;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Training;

/// <summary>Weights, optimizer moments and the place in the data, in one safetensors file that appears whole.</summary>
internal static class Checkpoint
{
    private const string StateKey = "state";

    /// <summary>Writes the file.</summary>
    public static void Write<TState>(string path, WeightSet weights, AdamW optimizer, TState state)
    {
        var tensors = weights.ByName.Select(pair => KeyValuePair.Create(pair.Key, (Tensor)pair.Value));
        SafetensorsWriter.Write(
            path,
            tensors.Concat(optimizer.Moments()),
            new Dictionary<string, string> { [StateKey] = JsonSerializer.Serialize(state) });
    }

    /// <summary>Sets every weight that the file has too; returns the names of those it lacks.</summary>
    public static IReadOnlyList<string> LoadWeights(string path, WeightSet weights)
    {
        using var scope = NewDisposeScope();
        var (tensors, _) = Read(path);
        var found = weights.ByName.Keys.Where(tensors.ContainsKey).ToList();
        found.ForEach(name => weights.Set(name, tensors[name]));
        return [.. weights.ByName.Keys.Except(found)];
    }

    /// <summary>Restores weights and moments and returns the state; null when there is no such file.</summary>
    public static TState? TryRestore<TState>(string path, WeightSet weights, AdamW optimizer, Func<TState, long> steps)
        where TState : class
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var scope = NewDisposeScope();
        var (tensors, metadata) = Read(path);
        foreach (var name in weights.ByName.Keys)
        {
            weights.Set(name, tensors[name]);
        }

        var state = JsonSerializer.Deserialize<TState>(metadata[StateKey])
            ?? throw new InvalidDataException($"{path} holds no state");
        optimizer.Restore(steps(state), tensors);
        return state;
    }

    private static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Read(string path)
    {
        using var file = new FileBytes(path);
        var directory = SafetensorsFile.Read(file);
        return (directory.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.ToTensor()), directory.Metadata);
    }
}
