using System.Text;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>
/// Reads the directory of a weight file of any format: safetensors by its name, torch's two formats by their first bytes.
/// </summary>
internal static class WeightFile
{
    private const int HeadBytes = 64;

    /// <summary>What the file holds.</summary>
    public static TensorDirectory Read(FileBytes file)
    {
        if (file.Length == 0)
        {
            throw file.Error("the file is empty");
        }

        var head = file.Read(0, Math.Min(file.Length, HeadBytes), "the beginning");
        var text = Encoding.UTF8.GetString(head);
        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
        {
            throw file.Error("a pointer of Git LFS and not the weights: run `git lfs pull`, or download the file itself");
        }

        if (text.TrimStart().StartsWith('<'))
        {
            throw file.Error("a web page and not the weights: the download went wrong");
        }

        if (Path.GetExtension(file.Path) == ".safetensors")
        {
            return SafetensorsFile.Read(file);
        }

        if (TorchFile.IsZip(head))
        {
            return TorchFile.ReadZip(file);
        }

        if (TorchFile.IsPickle(head))
        {
            return TorchFile.ReadLegacy(file);
        }

        throw file.Error("neither a zip archive nor a pickle: nothing that torch.save wrote");
    }
}
