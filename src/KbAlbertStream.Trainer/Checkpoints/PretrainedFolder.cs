using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>Writes a folder as save_pretrained does.</summary>
internal static class PretrainedFolder
{
    private static readonly string[] TokenizerFiles =
        ["vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"];

    private static readonly Dictionary<string, string> Format = new() { ["format"] = "pt" };

    /// <summary>Writes config.json and model.safetensors, and copies the tokenizer's files.</summary>
    /// <param name="folder">Where to; made when missing.</param>
    /// <param name="config">What the model is.</param>
    /// <param name="architecture">Transformers' class.</param>
    /// <param name="weights">The weights by the names of that class.</param>
    /// <param name="tokenizerFolder">Where the tokenizer's files are; null when nowhere.</param>
    public static void Write(
        string folder,
        AlbertConfig config,
        string architecture,
        IEnumerable<KeyValuePair<string, Tensor>> weights,
        string? tokenizerFolder)
    {
        Directory.CreateDirectory(folder);
        WriteWhole(Path.Combine(folder, "config.json"), AlbertConfigWriter.Write(config, architecture));
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), weights, Format);
        if (tokenizerFolder is null || Path.GetFullPath(tokenizerFolder) == Path.GetFullPath(folder))
        {
            return;
        }

        foreach (var name in TokenizerFiles.Where(name => File.Exists(Path.Combine(tokenizerFolder, name))))
        {
            WriteWhole(Path.Combine(folder, name), File.ReadAllBytes(Path.Combine(tokenizerFolder, name)));
        }
    }

    private static void WriteWhole(string path, byte[] content)
    {
        var unfinished = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(unfinished, content);
        File.Move(unfinished, path, overwrite: true);
    }
}
